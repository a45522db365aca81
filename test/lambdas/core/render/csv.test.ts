import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvTable } from '../../../../lambdas/core/render/csv.ts';
import { parseCsv } from '../../../support/parse-csv.ts';

const cellOf = (cell: Cell): string => parseCsv(csvTable(['only'], [[cell]]))[1]?.[0] ?? 'no cell';

describe('csvTable', () => {
  it('writes the header and the rows as records that end with CRLF', () => {
    expect(csvTable(['a', 'b'], [['x', 1]])).toBe('a,b\r\nx,1\r\n');
  });

  it('writes the header alone when there are no rows', () => {
    expect(csvTable(['a', 'b'], [])).toBe('a,b\r\n');
  });

  it('doubles quotes and keeps separators and line ends inside quotes', () => {
    expect(csvTable(['a'], [['he said "no", then\nleft']])).toBe('a\r\n"he said ""no"", then\nleft"\r\n');
  });

  it('quotes what an importer with another separator would cut or trim', () => {
    const rows = ['a;b', 'a\tb', 'a|b', ' a', 'a '].map((text) => [text]);
    expect(csvTable(['a'], rows)).toBe('a\r\n"a;b"\r\n"a\tb"\r\n"a|b"\r\n" a"\r\n"a "\r\n');
  });

  it('leaves a cell empty for null and writes numbers and truth values as they are', () => {
    expect(csvTable(['a', 'b', 'c', 'd'], [[null, -2.5, true, 0]])).toBe('a,b,c,d\r\n,-2.5,true,0\r\n');
  });

  it('joins a list with semicolons and writes a comma for a semicolon in a value', () => {
    expect(cellOf(['US', 'A; B', 3])).toBe('US;A, B;3');
    expect(cellOf([])).toBe('');
  });

  it.each([
    "=cmd|'/c calc'!A1",
    '+1+1',
    '-2+3',
    '@SUM(1)',
    '\t=1+1',
    '\r=1',
    '\n=1',
    '\ttab',
    '=HYPERLINK("https://evil","x")',
    '  =1',
    '"=1',
    "'=1",
    '\u200b=1',
    '\ufeff=1',
    '\u00a0@x',
    '\uff1d1',
    '\uff0b1',
    '\uff0d1',
    '\uff20x',
    '\ufe661',
    '“=1',
  ])('guards %j with one apostrophe in front', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  it('guards a list whose first value is a formula', () => {
    expect(cellOf(['=1', 'x'])).toBe("'=1;x");
  });

  it.each(['F-35', 'a=b', "'Quoted' title", '“Quoted” title', '2 + 2', '#1', '—dash', '20 % more', "'"])(
    'leaves %j alone',
    (text) => {
      expect(cellOf(text)).toBe(text);
    },
  );

  it('removes what no UTF-8 text can hold and control characters that are not white space', () => {
    expect(cellOf('a\u0000b\ud800c\u001bd')).toBe('abcd');
    expect(cellOf('\u0000=1')).toBe("'=1");
  });

  it('gives every text back to a reader that undoes the guard', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",; \'a＝b') });
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { minLength: 2, maxLength: 3 })), (rows) => {
        const read = parseCsv(csvTable(['a', 'b'], rows)).slice(1);
        expect(read.map((cells) => cells.map(unguarded))).toEqual(rows);
      }),
    );
  });

  it('never starts a cell of text with what starts a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cellOf(text).normalize('NFKC')).not.toMatch(/^[\s"]*[=+\-@]|^[\t\r\n]/);
      }),
    );
  });
});

/** The rule of the documentation: one apostrophe goes when the rest would have to have one. */
function unguarded(cell: string): string {
  const rest = cell.slice(1);
  return cell.startsWith("'") && cellOf(rest) === cell ? rest : cell;
}
