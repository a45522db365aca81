import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestPositions } from '../../../../lambdas/core/parse/newest-entries.ts';
import { parseFeed } from '../../../../lambdas/core/parse/parse.ts';

const day = (n: number): string => new Date(Date.UTC(2020, 0, 1 + n)).toISOString();

describe('newestPositions', () => {
  it('keeps a list that fits, in order', () => {
    expect(newestPositions([null, day(1), day(0)], 3)).toEqual([0, 1, 2]);
    expect(newestPositions([], 3)).toEqual([]);
  });

  it('keeps the newest at either end, in the order of the document', () => {
    expect(newestPositions([day(1), day(2), day(3), day(4)], 2)).toEqual([2, 3]);
    expect(newestPositions([day(4), day(3), day(2), day(1)], 2)).toEqual([0, 1]);
    expect(newestPositions([day(1), day(4), null, day(3)], 2)).toEqual([1, 3]);
  });

  it('keeps the first ones where most have no date', () => {
    expect(newestPositions([null, null, day(1)], 2)).toEqual([0, 1]);
  });

  it('drops nothing for good that it would take up again when the list grows', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(10_000), { minLength: 3, maxLength: 40 }),
        fc.boolean(),
        (numbers, atEnd) => {
          const dates = numbers.map(day);
          const newer = [20_001, 20_002, 20_003].map(day);
          const grown = atEnd ? [...dates, ...newer] : [...newer, ...dates];
          const before = new Set(newestPositions(dates, 3).map((at) => dates[at]));
          const again = newestPositions(grown, 3).map((at) => grown[at]);
          for (const date of again) expect(before.has(date) || newer.includes(date ?? '')).toBe(true);
        },
      ),
    );
  });
});

describe('a list of more than 2,000 entries', () => {
  const item = (n: number): string =>
    `<item><title>T${n}</title><guid isPermaLink="false">${n}</guid><pubDate>${day(n)}</pubDate></item>`;
  const idsOf = async (document: string): Promise<readonly (string | null)[]> => {
    const bytes = Buffer.from(document);
    const result = await parseFeed({ bytes, contentType: null, base: 'https://example.org/feed' });
    if (!result.ok) throw new Error(result.message);
    expect(result.parsed.rejected).toBe(3_000 - result.parsed.entries.length);
    return result.parsed.entries.map(({ id }) => id);
  };
  const numbers = Array.from({ length: 3_000 }, (_, n) => n);
  const newest = numbers.slice(1_000).map(String);
  const rss = (order: readonly number[], end = '</channel></rss>'): string =>
    `<rss version="2.0"><channel><title>F</title>${order.map(item).join('')}${end}`;

  it('is read to its newest entries, whichever way it runs', async () => {
    expect(await idsOf(rss(numbers))).toEqual(newest);
    expect(await idsOf(rss([...numbers].reverse()))).toEqual([...newest].reverse());
  });

  it('is so in RDF, in Atom with a base of its own, and in JSON', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${numbers.map(item).join('')}</rdf:RDF>`;
    expect(await idsOf(rdf)).toEqual(newest);
    const entry = (n: number): string =>
      `<entry><id>urn:${n}</id><link href="${n}"/><updated>${day(n)}</updated></entry>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/">${numbers.map(entry).join('')}</feed>`;
    expect(await idsOf(atom)).toEqual(newest.map((id) => `urn:${id}`));
    const items = numbers.map((n) => ({ id: String(n), date_published: day(n) }));
    expect(await idsOf(JSON.stringify({ items }))).toEqual(newest);
  });

  it('names the cut entry by its place among those that are kept', async () => {
    const cut = rss(numbers, '<item><title>cut');
    const result = await parseFeed({ bytes: Buffer.from(cut), contentType: null, base: null });
    if (!result.ok) throw new Error(result.message);
    const { entries, problems } = result.parsed;
    // It has no date, so it is not among the newest and needs no name; the document still counts as cut.
    expect(entries).toHaveLength(2_000);
    expect(problems.map(({ code }) => code)).toContain('truncated');
  });

  it('resolves links of the last entries as those of the first', async () => {
    const entry = (n: number): string =>
      `<entry><id>urn:${n}</id><link href="${n}"/><updated>${day(n)}</updated></entry>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/">${numbers.map(entry).join('')}</feed>`;
    const result = await parseFeed({ bytes: Buffer.from(atom), contentType: null, base: null });
    expect(result.ok && result.parsed.entries[1_999]?.link).toBe('https://other.example/2999');
  });
});
