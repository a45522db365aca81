import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../../lambdas/core/identity/identity.ts';
import { formerContentHash } from '../../../../lambdas/core/identity/former-identity.ts';
import { earlierTextsMax } from '../../../../lambdas/core/story/earlier-texts.ts';
import { decideStory, type SightContext } from '../../../../lambdas/core/story/story-decision.ts';
import type { Entry } from '../../../../lambdas/core/words/entry.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { packed } from '../../../../lambdas/adapters/aws/line-codec.ts';
import { feedOf, tagsOf } from '../../../support/stories.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const minuteMs = 60_000;
const text = (
  title: string,
  summary = 'The yard handed the ship over.',
  url = 'https://a.example/1',
): Entry => ({
  key: 'k',
  hash: contentHash({ title, summary, url }),
  title,
  url,
  published: null,
  updated: null,
  summary,
  authors: [],
  categories: [],
  lang: 'en',
});

/** A story that is seen again and again; `minutes` after its first sight, in the feed of that name. */
function seen(first: Entry) {
  let sequence = 1;
  const context = (minutes: number, feed: string): SightContext => ({
    id: 'story',
    feed: feedOf(feed, { source: 'a' }),
    trace: 't',
    sequence,
    seenAt: new Date(start + minutes * minuteMs).toISOString(),
    handedDay: null,
    retentionDays: 0,
    firstPoll: false,
    taxonomyVersion: 1,
    tag: () => tagsOf([]),
  });
  const created = decideStory(first, null, context(0, 'main'));
  if (created.kind !== 'create') throw new Error(`expected create, got ${created.kind}`);
  const state = { story: created.story };
  return {
    state,
    see(entry: Entry, minutes: number, feed = 'main'): string {
      sequence += 1;
      const decision = decideStory(entry, state.story, context(minutes, feed));
      if (decision.kind === 'replace' || decision.kind === 'note') state.story = decision.story;
      return decision.kind === 'replace' ? decision.disposition : decision.kind;
    },
  };
}

describe('an edit', () => {
  it('keeps what it changed, the latest first, and since when that stood', () => {
    const { state, see } = seen(text('A'));
    see(text('B'), 10);
    see(text('B', 'It was handed over today.'), 20);
    expect(state.story).toMatchObject({ revision: 3, title: 'B', summary: 'It was handed over today.' });
    expect(state.story.history).toEqual([
      {
        revision: 2,
        updated: '2026-11-20T12:10:00.000Z',
        text: expect.any(String),
        summary: 'The yard handed the ship over.',
      },
      { revision: 1, updated: '2026-11-20T12:00:00.000Z', text: expect.any(String), title: 'A' },
    ]);
  });

  it('moves nothing that is frozen', () => {
    const { state, see } = seen({ ...text('A'), published: '2026-11-20T11:00:00.000Z' });
    const { id, published, firstSeen, sortTime, trace } = state.story;
    for (let day = 1; day < 9; day += 1)
      see({ ...text(`A ${day}`), published: '2026-11-01T00:00:00.000Z' }, day * 1_440);
    expect(state.story).toMatchObject({ id, published, firstSeen, sortTime, trace, revision: 9 });
    expect(state.story.history).toHaveLength(earlierTextsMax);
  });

  it('keeps the item small however long its texts are', () => {
    const words = (seed: number) =>
      Array.from({ length: 150 }, (_, at) => ((seed * 7_919 + at * 104_729) % 99_991).toString(36)).join(' ');
    const { state, see } = seen(text('A', words(1)));
    const before = packed(state.story).length;
    for (let day = 1; day < 9; day += 1)
      see(text(`Headline number ${day} of the day ${words(day).slice(0, 40)}`, words(day)), day * 1_440);
    // Texts that share nothing and hardly deflate: the worst there is.
    expect(packed(state.story).length - before).toBeLessThan(1_600);
  });

  it('of the same story costs few bytes, because texts share their words', () => {
    const summary =
      'The Navy took delivery of the second frigate of its class on Monday after eleven months of trials in the Baltic Sea. '.repeat(
        4,
      );
    const { state, see } = seen(text('Navy takes second frigate', summary));
    const before = packed(state.story).length;
    for (let day = 1; day < 7; day += 1)
      see(text(`Navy takes second frigate ${day}`, `${summary}${day}`), day * 1_440);
    expect(packed(state.story).length - before).toBeLessThan(250);
  });

  it.each([
    [
      'a summary that is cut elsewhere',
      text('A', 'The yard handed the ship over to…'),
      text('A', 'The yard handed the ship over to the navy on…'),
    ],
    ['a counter that was not there', text('A'), text('A', 'The yard handed the ship over. 12 comments')],
  ])('is not %s', (_, first, next) => {
    const { state, see } = seen(first);
    see(next, 10);
    expect(state.story).toMatchObject({ revision: 1, title: 'A', updated: '2026-11-20T12:00:00.000Z' });
    expect(state.story).not.toHaveProperty('history');
  });

  it('is not a hash of another version', () => {
    const { state, see } = seen(text('A'));
    const former = formerContentHash(text('A'));
    state.story = {
      ...state.story,
      sightings: state.story.sightings.map((sighting) => ({ ...sighting, hash: former })),
    };
    see(text('A'), 10);
    expect(state.story).toMatchObject({ revision: 1, updated: '2026-11-20T12:00:00.000Z' });
    see(text('B'), 20);
    expect(state.story).toMatchObject({ revision: 2, title: 'B' });
  });

  it('is not another address alone, which is taken over', () => {
    const { state, see } = seen(text('A'));
    expect(see(text('A', undefined, 'https://a.example/2'), 10)).toBe('known');
    expect(state.story).toMatchObject({ revision: 1, version: 2, url: 'https://a.example/2' });
  });

  it('says when it corrects', () => {
    const { state, see } = seen(text('A'));
    expect(state.story).not.toHaveProperty('notice');
    see(text('CORRECTED: A'), 10);
    expect(state.story.notice).toBe('correction');
    see(text('A, and more'), 20);
    expect(state.story).not.toHaveProperty('notice');
  });
});

describe('a text that does not settle', () => {
  const versions = (story: Story) => ({ revision: story.revision, version: story.version });

  it('goes back once as a revision, then without one, then is only noted', () => {
    const { state, see } = seen(text('A'));
    const done = Array.from({ length: 400 }, (_, at) => see(text(at % 2 === 0 ? 'B' : 'A'), (at + 1) * 30));
    expect(state.story.revision).toBe(3);
    expect(state.story.version).toBeLessThan(20);
    expect(done.filter((one) => one === 'updated').length).toBeLessThan(20);
    expect(done.at(-1)).toBe('note');
    const { updated } = state.story;
    expect(updated).toBe('2026-11-20T13:00:00.000Z');
    see(text('C'), 20_000);
    expect(state.story).toMatchObject({ title: 'C', revision: 4 });
  });

  it('that is new each time makes five revisions a day', () => {
    const { state, see } = seen(text('Live: 0'));
    for (let at = 1; at <= 288; at += 1) see(text(`Live: ${at} rounds fired`), at * 5 - 1);
    expect(state.story.revision).toBeLessThanOrEqual(6);
    expect(state.story.version).toBeLessThanOrEqual(6 + 12);
    see(text('Live: over'), 5_000);
    expect(state.story.title).toBe('Live: over');
  });

  it('follows the feed while it does', () => {
    const { state, see } = seen(text('A'));
    for (const title of ['B', 'A', 'B']) see(text(title), 10);
    expect(state.story.title).toBe('B');
    expect(versions(state.story)).toEqual({ revision: 3, version: 4 });
  });
});

describe('an article in two feeds', () => {
  it('keeps the text it shows when the other feed changes only a summary of its own', () => {
    const { state, see } = seen(text('A', 'Long summary of the article.'));
    see(text('A', 'Short.'), 5, 'section');
    expect(see(text('A', 'Shorter.'), 10, 'section')).toBe('note');
    expect(state.story).toMatchObject({ revision: 1, summary: 'Long summary of the article.' });
  });

  it('makes one revision of an edit that both bring', () => {
    const { state, see } = seen(text('A', 'Long summary.'));
    see(text('A', 'Long summary.'), 5, 'section');
    see(text('B', 'Long summary.'), 10, 'section');
    see(text('B', 'Long summary.'), 15);
    expect(state.story).toMatchObject({ revision: 2, title: 'B' });
  });
});
