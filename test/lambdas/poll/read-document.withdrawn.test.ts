import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlineOf } from '../../../lambdas/core/story/withdrawal.ts';
import { startTestTable } from '../../support/engines.ts';
import { feedOf } from '../../support/stories.ts';
import { wireWorld } from '../../support/wire-world.ts';

const feed = feedOf('review', { url: 'https://review.example/feed.atom', source: 'review' });
const entries = [
  ['harbour', 'Harbour patrol finds a drifting mine off the northern breakwater'],
  ['hangar', 'Hangar for the new trainer aircraft opens a month early'],
  ['bridge', 'Engineers lay a floating bridge across the river in four hours'],
] as const;

const entry = ([name, title]: readonly [string, string]): string =>
  `<entry><id>tag:review.example,2026:${name}</id><title>${title}</title><updated>2026-11-20T09:00:00Z</updated>` +
  `<link href="https://review.example/2026/${name}"/><summary>${title}, the command said on Friday.</summary></entry>`;
const deleted = (ref: string, when = '2026-11-20T13:30:00Z'): string =>
  `<at:deleted-entry ref="${ref}" when="${when}"/>`;
const atom = (...parts: readonly string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>tag:review.example,2026:feed</id>` +
  `<title>Review</title><updated>2026-11-20T14:00:00Z</updated>${parts.join('')}</feed>`;

describe('a feed that deletes an entry', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  /** A world after the first poll of all three entries; `answer` changes the document. */
  const polled = async () => {
    let document = atom(...entries.map(entry));
    const world = await wireWorld(engine, [feed], () => document);
    await world.poll();
    const storyOf = async (title: string) => {
      const line = (await world.stories()).find((one) => one.title === title);
      return line === undefined ? null : world.story(line.id);
    };
    const answer = (...parts: readonly string[]) => {
      document = atom(...parts);
    };
    return { world, storyOf, answer };
  };
  const [harbour, ...others] = entries;
  const tombstone = deleted(`tag:review.example,2026:${harbour[0]}`);

  it('has the story marked as retracted, as a revision, in its place', async () => {
    const { world, storyOf, answer } = await polled();
    const before = await storyOf(harbour[1]);
    answer(...others.map(entry), tombstone);
    const poll = await world.poll();
    expect(poll).toMatchObject({ entries: 3, new: 0, updated: 1, known: 2, rejected: 0 });
    const after = await storyOf(harbour[1]);
    expect(after).toMatchObject({ notice: 'retraction', revision: 2, sortTime: before?.sortTime });
    expect(after === null ? '' : headlineOf(after)).toBe(`Withdrawn: ${harbour[1]}`);
    expect(await world.stories()).toHaveLength(3);
  });

  it('is told once, however often the document repeats it', async () => {
    const { world, storyOf, answer } = await polled();
    answer(...others.map(entry), tombstone, tombstone);
    await world.poll();
    for (let times = 0; times < 3; times += 1)
      expect(await world.poll()).toMatchObject({ new: 0, updated: 0 });
    expect((await storyOf(harbour[1]))?.revision).toBe(2);
  });

  it('has the story back when the entry is listed again', async () => {
    const { world, storyOf, answer } = await polled();
    answer(...others.map(entry), tombstone);
    await world.poll();
    answer(...entries.map(entry));
    expect(await world.poll()).toMatchObject({ new: 0, updated: 1 });
    const back = await storyOf(harbour[1]);
    expect(back).toMatchObject({ revision: 3 });
    expect(back?.notice).toBeUndefined();
    expect(await world.stories()).toHaveLength(3);
  });

  it('changes nothing by a tombstone that names nothing known, or an entry that is still listed', async () => {
    const { world, answer } = await polled();
    answer(
      ...entries.map(entry),
      deleted('tag:review.example,2026:never'),
      deleted('', 'soon'),
      deleted(`tag:review.example,2026:${harbour[0]}`, '2026-11-20T08:00:00Z'),
    );
    expect(await world.poll()).toMatchObject({ new: 0, updated: 0, known: 3 });
    expect((await world.stories()).map(({ revision }) => revision)).toEqual([1, 1, 1]);
  });
});
