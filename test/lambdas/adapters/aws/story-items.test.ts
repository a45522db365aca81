import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isServed, lineItems, lineOf, tombstone } from '../../../../lambdas/adapters/aws/story-items.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { storyAt } from '../../../support/stories.ts';

/** Text that deflate can do nothing with: code points of one script in an order of chance. */
function denseText(seed: number, codePoints: number, [from, count]: readonly [number, number]): string {
  const words = Array.from({ length: codePoints }, (_, at) => {
    const digest = createHash('sha256').update(`${seed} ${at}`).digest();
    return String.fromCodePoint(from + (digest.readUInt32BE() % count));
  });
  return words.join('');
}

const scripts = [
  [0x4e00, 20_000],
  [0x10000, 60_000],
  [0x21, 94],
  [0x400, 256],
  [0x01, 31],
] as const;

/** Anything the tagger and the parse stage may make of a dense text. */
const denseStory = fc
  .record({
    seed: fc.nat(),
    script: fc.constantFrom(...scripts),
    title: fc.integer({ min: 1, max: 512 }),
    summary: fc.nat(1_000),
    url: fc.nat(600),
    authors: fc.nat(10),
    feeds: fc.integer({ min: 1, max: 60 }),
    names: fc.nat(12),
    topics: fc.nat(4),
    countries: fc.nat(30),
    tagLength: fc.integer({ min: 1, max: 60 }),
  })
  .map((made): Story => {
    const text = (salt: number, length: number) => denseText(made.seed + salt, length, made.script);
    const plain = (salt: number, length: number) => denseText(made.seed + salt, length, [0x61, 26]);
    const evidence = Array.from({ length: 3 }, (_, at) => ({
      field: 'summary' as const,
      words: text(at, 80),
      at: 900,
    }));
    const names = (salt: number) =>
      Array.from({ length: made.names }, (_, at) => ({ name: text(salt + at, 40), evidence }));
    const topics = Array.from({ length: made.topics }, (_, at) => ({
      topic: `${plain(at, 20)}.${plain(at, made.tagLength)}`,
      score: 0.123,
      evidence,
    }));
    const countries = Array.from({ length: made.countries }, (_, at) => ({ name: plain(at, 2), evidence }));
    return storyAt(made.seed, '2026-11-19T10:00:00.000Z', {
      title: text(1, made.title),
      summary: text(2, made.summary),
      url: `https://x.example/${createHash('sha512').update(`${made.seed}`).digest('base64url').repeat(7).slice(0, made.url)}`,
      source: plain(3, made.tagLength),
      version: 9_999_999,
      authors: Array.from({ length: made.authors }, (_, at) => text(at, 80)),
      sightings: Array.from({ length: made.feeds }, (_, at) => ({
        feed: plain(at, 30),
        hash: 'h',
        sequence: 1,
        seenAt: '2026-11-19T10:00:00.000Z',
      })),
      tags: {
        relevance: 'core',
        topics,
        countries,
        organisations: names(100),
        people: names(200),
        systems: names(300),
        operations: names(400),
      },
    });
  });

/** What DynamoDB counts of a row: names and values; a number takes a byte for two digits and one more. */
function rowBytes(row: Readonly<Record<string, unknown>>): number {
  return Object.entries(row).reduce((sum, [name, value]) => {
    const bytes =
      typeof value === 'string'
        ? Buffer.byteLength(value)
        : value instanceof Uint8Array
          ? value.length
          : Math.ceil(String(value).length / 2) + 2;
    return sum + name.length + bytes;
  }, 0);
}

describe('the rows of a story', () => {
  it('cost one write unit each, whatever the story holds', () => {
    fc.assert(
      fc.property(denseStory, (story) => {
        const { tagged, wire } = lineItems(story, 365);
        for (const row of [wire, ...tagged]) {
          expect(rowBytes({ ...row })).toBeLessThanOrEqual(1_024);
          const { line } = lineOf(row);
          expect([line.id, line.url, line.sortTime]).toEqual([story.id, story.url, story.sortTime]);
          expect(story.title.startsWith(line.title.replace(/…$/u, ''))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep a usual story whole', () => {
    const story = storyAt(1, '2026-11-19T10:00:00.000Z', { authors: ['A', 'B', 'C', 'D'] });
    expect(lineOf(lineItems(story, 0).wire).line).toMatchObject({
      title: story.title,
      summary: story.summary,
      authors: story.authors,
      topics: story.tags.topics,
    });
  });

  it('keep an address whole that is longer than a row, and little else', () => {
    const url = `https://x.example/${denseText(1, 2_000, [0x21, 94])}`;
    const { wire } = lineItems(storyAt(1, '2026-11-19T10:00:00.000Z', { url }), 0);
    expect(lineOf(wire).line.url).toBe(url);
    expect(rowBytes({ ...wire })).toBeLessThanOrEqual(3 * 1_024);
  });

  it('never lose the reference to an original, and may cost two units with copies', () => {
    const tags = Array.from({ length: 12 }, (_, at) => `org:${denseText(at, 20, [0x4e00, 20_000])}`);
    const original = {
      id: 'o',
      source: 's',
      kind: 'wire' as const,
      lang: 'en',
      sortTime: '2026-11-18T10:00:00.000Z',
    };
    const summary = denseText(3, 1_000, [0x4e00, 20_000]);
    const copies = Array.from({ length: 8 }, (_, at) => ({
      id: `copy${at}`,
      source: `source-${at}`,
      url: `https://source-${at}.example/${denseText(at, 40, [0x21, 94])}`,
      published: '2026-11-19T10:00:00.000Z',
    }));
    const reference = { ...original, lacks: tags.slice(6), adds: tags.slice(0, 6) };
    const copy = storyAt(1, '2026-11-19T10:00:00.000Z', { summary, original: reference });
    expect(lineOf(lineItems(copy, 0).wire).line.original).toEqual(reference);
    const listed = lineItems(storyAt(1, '2026-11-19T10:00:00.000Z', { summary, copies }), 0).wire;
    expect(lineOf(listed).line.copies).toEqual(copies);
    expect(rowBytes({ ...listed })).toBeLessThanOrEqual(2 * 1_024);
  });

  it('are tombstones where it left: not served, and gone in a day or with the story', () => {
    const now = Date.parse('2026-11-19T12:00:00.000Z');
    const story = storyAt(1, '2026-11-18T13:00:00.000Z', { version: 7 });
    const kept = tombstone('topic:a', story, { clock: () => now, retentionDays: 0 });
    expect(kept).toMatchObject({ ver: 7, exp: now / 1_000 + 86_400 });
    expect(isServed(kept, now)).toBe(false);
    const passing = tombstone('topic:a', story, { clock: () => now, retentionDays: 1 });
    expect(passing.exp).toBe(Date.parse('2026-11-19T13:00:00.000Z') / 1_000);
    const { wire } = lineItems(story, 1);
    expect([now, now + 3_599_999, now + 3_600_000].map((at) => isServed({ ...wire }, at))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
