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
  sequence: 1,
  handedDay: null,
  retentionDays: 0,
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

describe('what an entry says of itself', () => {
  const nature = {
    dateline: { place: 'KYIV', agency: 'AP', length: 12 },
    agency: 'AP',
    marks: ['live'] as const,
  };

  it('is kept with the story, and left out of a plain one', () => {
    expect(created(nature)).toMatchObject(nature);
    expect(Object.keys(created())).not.toEqual(expect.arrayContaining(['dateline', 'agency', 'marks']));
  });

  it('is that of the newest text after an edit', () => {
    const stored = created(nature);
    const edit = decideStory(
      entry({ hash: 'h2', title: 'Title, edited', agency: 'Reuters' }),
      stored,
      context({ sequence: 2 }),
    );
    if (edit.kind !== 'replace') throw new Error(`expected replace, got ${edit.kind}`);
    expect(edit.story.agency).toBe('Reuters');
    expect(edit.story).not.toHaveProperty('marks');
    expect(edit.story).not.toHaveProperty('dateline');
  });
});

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

  it('takes a date from before there were feeds for none', () => {
    expect(created({ published: '1970-01-01T00:00:00.000Z' })).toMatchObject({
      published: seenAt,
      sortTime: seenAt,
    });
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

describe('a sight of what is no longer stored', () => {
  const kept = { retentionDays: 30 };

  it('does not bring back what was handed on longer ago than stories are kept', () => {
    const gone = context({ ...kept, handedDay: 20_777 - 32 });
    expect(decideStory(entry({ hash: 'edited' }), null, gone)).toEqual({ kind: 'known' });
    const forEver = context({ retentionDays: 0, handedDay: 20_777 - 900 });
    expect(decideStory(entry({ hash: 'edited' }), null, forEver).kind).toBe('create');
  });

  it('stores an edit that overtook its own story', () => {
    expect(decideStory(entry(), null, context({ ...kept, handedDay: 20_777 })).kind).toBe('create');
  });

  it('rejects what is dated before stories are kept, whichever feed brings it', () => {
    const old = entry({ published: '2026-10-01T00:00:00.000Z' });
    expect(decideStory(old, null, context(kept))).toEqual({ kind: 'reject', reason: 'past-retention' });
    expect(decideStory(entry(), null, context(kept)).kind).toBe('create');
  });
});

describe('a further sight', () => {
  const stored = created({ published: '2026-11-20T11:00:00.000Z' });
  const later = { seenAt: '2026-11-20T13:00:00.000Z', sequence: 3, trace: 't-2.main' };

  it('of the same text in the same feed is known, and a later poll than the last is noted', () => {
    expect(decideStory(entry(), stored, context())).toEqual({ kind: 'known' });
    const noted = decideStory(entry(), stored, context(later));
    expect(noted).toMatchObject({
      kind: 'replace',
      disposition: 'known',
      story: { revision: 1, title: 'Title' },
    });
  });

  it('settles on what the last poll read, in whatever order the messages come', () => {
    const polls = [
      { parts: { hash: 'h2', title: 'B' }, where: context({ sequence: 2 }) },
      { parts: { hash: 'h1', title: 'Title' }, where: context({ sequence: 3 }) },
    ];
    for (const order of [polls, [...polls].reverse()]) {
      let story = stored;
      for (const { parts, where } of order) {
        const decision = decideStory(entry(parts), story, where);
        if (decision.kind === 'replace') story = decision.story;
      }
      expect(story.title).toBe('Title');
    }
  });

  it('follows the order of polls, not of the clocks that timed them', () => {
    const slow = context({ sequence: 2, seenAt: '2026-11-20T11:50:00.000Z' });
    expect(decideStory(entry({ hash: 'h2', title: 'Other' }), stored, slow)).toMatchObject({
      disposition: 'updated',
    });
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
    const edit = decideStory(entry({ hash: 'h3', title: 'Other' }), stored, context(later));
    if (edit.kind !== 'replace') throw new Error('expected an edit');
    const late = context({ sequence: 2, seenAt: '2026-11-20T12:30:00.000Z' });
    expect(decideStory(entry({ hash: 'h2' }), edit.story, late)).toEqual({ kind: 'known' });
  });

  it('tags only when the text is new or changed', () => {
    const tag = () => {
      throw new Error('must not be called');
    };
    expect(decideStory(entry(), stored, context({ tag })).kind).toBe('known');
  });
});
