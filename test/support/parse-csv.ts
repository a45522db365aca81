/**
 * The records of a CSV text by the letter of RFC 4180: quoted cells may hold anything, quotes are doubled, records end with
 * CRLF. Throws on anything else, so that a test notices a text that strict readers refuse.
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)|([^",\r\n]*)(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null)
      throw new Error(`Expected a cell at ${at}, got ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, quotedEnd, plain, plainEnd] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if ((quotedEnd ?? plainEnd) === ',') continue;
    records.push(cells);
    cells = [];
  }
  if (cells.length > 0) throw new Error('Expected the last record to end with CRLF');
  return records;
}
