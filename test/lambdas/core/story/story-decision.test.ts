import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../lambdas/core/words/entry.ts';
import { decideStory, type SightContext } from '../../../../lambdas/core/story/story-decision.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { feedOf, tagsOf } from '../../../support/stories.ts';

const seenAt = '2026-11-20T12:00:00.000Z';
const entry = (parts: Partial<Entry> = {}): Entry => ({
  key: 'k',
  hash: 'h1',
  title: 'Title',
  url: 'https://a.example/1',
  published: null,
  updated: null,
  summary: 'Summary',
  authors: [],
  categories: [],
  lang: 'en',
  ...parts,
});
const context = (parts: Partial<SightContext> = {}): SightContext => ({
  id: 'story',
  feed: feedOf('main', { source: 'a' }),
  trace: 't-1.main',
  seenAt,
  firstPoll: false,
  taxonomyVersion: 3,
  tag: () => tagsOf(['sea.submarines']),
  ...parts,
});
const created = (parts: Partial<Entry> = {}, where: Partial<SightContext> = {}): Story => {
  const decision = decideStory(entry(parts), null, context(where));
  if (decision.kind !== 'create') throw new Error(`expected create, got ${decision.kind}`);
  return decision.story;
};

describe('a first sight', () => {
  it('places a story by its own date when that is at most six hours back, else by first sight', () => {
    expect(created({ published: '2026-11-20T06:00:00.000Z' }).sortTime).toBe('2026-11-20T06:00:00.000Z');
    expect(created({ published: '2026-11-20T05:59:59.000Z' }).sortTime).toBe(seenAt);
    expect(created({ published: '2026-11-20T05:59:59.000Z' }).published).toBe('2026-11-20T05:59:59.000Z');
  });

  it('puts the history of a feed read for the first time in its past', () => {
    const story = created({ published: '2020-01-01T00:00:00.000Z' }, { firstPoll: true });
    expect(story.sortTime).toBe('2020-01-01T00:00:00.000Z');
  });

  it('never dates a story after its first sight, and an undated one at it', () => {
    expect(created({ published: '2027-01-01T00:00:00.000Z' })).toMatchObject({
      published: seenAt,
      sortTime: seenAt,
    });
    expect(created()).toMatchObject({ published: seenAt, updated: seenAt, sortTime: seenAt });
  });

  it('takes the date of change for a publication date that is missing', () => {
    expect(created({ updated: '2026-11-20T11:00:00.000Z' }).published).toBe('2026-11-20T11:00:00.000Z');
  });

  it('keeps every time in order whatever the publisher says', () => {
    const time = fc.option(
      fc.date({ min: new Date('1995-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    );
    fc.assert(
      fc.property(time, time, fc.boolean(), (published, updated, firstPoll) => {
        const dates = {
          published: published?.toISOString() ?? null,
          updated: updated?.toISOString() ?? null,
        };
        const story = created(dates, { firstPoll });
        expect(story.published <= story.updated && story.updated <= seenAt).toBe(true);
        expect(story.published <= story.sortTime && story.sortTime <= story.firstSeen).toBe(true);
      }),
    );
  });
});

describe('a further sight', () => {
  const stored = created({ published: '2026-11-20T11:00:00.000Z' });
  const later = { seenAt: '2026-11-20T13:00:00.000Z', trace: 't-2.main' };

  it('of the same text in the same feed is known', () => {
    expect(decideStory(entry(), stored, context(later))).toEqual({ kind: 'known' });
  });

  it('in another feed of the source adds that feed and is no edit, even with another text', () => {
    const feed = feedOf('naval', { source: 'a' });
    const decision = decideStory(entry({ hash: 'h2', title: 'Other' }), stored, context({ ...later, feed }));
    expect(decision).toMatchObject({ kind: 'replace', disposition: 'known' });
    if (decision.kind !== 'replace') return;
    expect(decision.story).toMatchObject({ title: 'Title', revision: 1, version: 2 });
    expect(decision.story.sightings.map((sighting) => sighting.feed)).toEqual(['main', 'naval']);
    expect(
      decideStory(entry({ hash: 'h2', title: 'Other' }), decision.story, context({ ...later, feed })),
    ).toEqual({ kind: 'known' });
  });

  it('with another text in the same feed is an edit that moves nothing that is frozen', () => {
    const decision = decideStory(
      entry({ hash: 'h2', title: 'UPDATE: Title', published: seenAt }),
      stored,
      context(later),
    );
    expect(decision).toMatchObject({ kind: 'replace', disposition: 'updated' });
    if (decision.kind !== 'replace') return;
    const { id, published, firstSeen, sortTime, trace } = stored;
    expect(decision.story).toMatchObject({ id, published, firstSeen, sortTime, trace });
    expect(decision.story).toMatchObject({
      title: 'UPDATE: Title',
      revision: 2,
      version: 2,
      updated: later.seenAt,
    });
  });

  it('that was seen earlier than the stored text and arrives late changes nothing', () => {
    const edit = decideStory(entry({ hash: 'h3' }), stored, context(later));
    if (edit.kind !== 'replace') throw new Error('expected an edit');
    const late = context({ seenAt: '2026-11-20T12:30:00.000Z' });
    expect(decideStory(entry({ hash: 'h2' }), edit.story, late)).toEqual({ kind: 'known' });
  });

  it('tags only when the text is new or changed', () => {
    const tag = () => {
      throw new Error('must not be called');
    };
    expect(decideStory(entry(), stored, context({ ...later, tag })).kind).toBe('known');
  });
});
