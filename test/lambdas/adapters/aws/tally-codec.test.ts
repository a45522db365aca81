import { describe, expect, it } from 'vitest';
import { entryOfRow, packedEntry } from '../../../../lambdas/adapters/aws/tally-codec.ts';
import { tallyEntry } from '../../../../lambdas/core/tally/tally-entry.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

const day = '2026-11-18';
const entry = tallyEntry(storyAt(1, `${day}T10:00:00.000Z`), null);
const row = (d: Uint8Array) => ({ sk: '10:00:00.000#story0000000000000000001', d, ver: 1 });

describe('the row of a counted story', () => {
  it('is some sixty bytes for a usual story', () => {
    expect(packedEntry(entry).length).toBeLessThan(60);
    expect(entryOfRow(day, row(packedEntry(entry)))).toEqual(entry);
  });

  it('stays within a write unit for a story that names very much, and loses names only', () => {
    const dense = (at: number) =>
      String.fromCodePoint(
        ...Array.from({ length: 40 }, (_, i) => 0x4e00 + ((at * 977 + i * 7919) % 20_000)),
      );
    const names = Array.from({ length: 20 }, (_, at) => dense(at));
    const long = { ...entry, organisations: names, people: names, systems: names, operations: names };
    expect(packedEntry(long).length).toBeLessThanOrEqual(900);
    const { organisations, people, systems, operations, countries, ...rest } = entryOfRow(
      day,
      row(packedEntry(long)),
    );
    expect({ ...rest, countries }).toMatchObject({ source: entry.source, topics: entry.topics });
    for (const list of [organisations, people, systems, operations])
      expect(names).toEqual(expect.arrayContaining([...list]));
  });

  it('keeps a topic that came after the dictionary', () => {
    const topics = tagsOf(['space.tugs']).topics.map(({ topic }) => topic);
    expect(entryOfRow(day, row(packedEntry({ ...entry, topics }))).topics).toEqual(topics);
  });

  it.each([{}, { sk: 'x', ver: 1 }, { sk: 'x', d: new Uint8Array([1]) }, { d: packedEntry(entry), ver: 1 }])(
    'is refused when it is of another shape (%#)',
    (item) => {
      expect(() => entryOfRow(day, item)).toThrow('Expected a counted story of 2026-11-18');
    },
  );

  it('is refused when its bytes are of another format', () => {
    expect(() => entryOfRow(day, row(new Uint8Array([255, 0, 7])))).toThrow();
  });
});
