import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTable } from '../../support/engines.ts';
import { itemMarkup, type ListedItem, soundItem } from '../../support/listed-items.ts';
import { rssOf } from '../../support/poll-bench.ts';
import { feedOf } from '../../support/stories.ts';
import { wireWorld } from '../../support/wire-world.ts';

/** What a feed lists in one poll, by feed; a feed that is not named lists what it listed before. */
type Documents = Readonly<Record<string, readonly Partial<ListedItem>[]>>;

const feeds = ['main', 'naval'].map((id) =>
  feedOf(id, { url: `https://review.example/${id}`, source: 'review' }),
);
const lone = [feedOf('main', { url: 'https://review.example/main', source: 'review' })];

const ferries = soundItem(0);
const hunters = soundItem(2);
const rewritten = {
  title: 'Ferry offers are invited again after a complaint',
  summary: 'A court had found that one of the four was told of the terms too late to make an offer.',
};
const later = 'Sat, 21 Nov 2026 09:00:00 GMT';
const weekly = (issue: number): ListedItem => ({
  title: 'The week at sea in pictures',
  summary: 'What our photographers saw this week on the ships and in the yards of the region.',
  guid: `weekly-${issue}`,
  link: `https://review.example/pictures/${issue}`,
  date: `${['Fri', 'Sat', 'Sun'][issue]}, ${20 + issue} Nov 2026 06:00:00 GMT`,
  more: '',
});

/** Title, revision and feeds of every story there is to be in the end, by title. */
const cases: Readonly<
  Record<
    string,
    { readonly polls: readonly Documents[]; readonly expected: readonly string[]; readonly isLone?: true }
  >
> = {
  'written anew under its address and guid is an edit': {
    polls: [{ main: [ferries, hunters] }, { main: [{ ...ferries, ...rewritten }, hunters] }],
    expected: [`${rewritten.title} 2`, `${hunters.title} 1`],
  },
  'written anew under its address, with another guid and date, is an edit': {
    polls: [
      { main: [ferries, hunters] },
      { main: [{ ...ferries, ...rewritten, guid: 'review-2000', date: later }, hunters] },
    ],
    expected: [`${rewritten.title} 2`, `${hunters.title} 1`],
  },
  'written anew without guids is an edit': {
    polls: [
      { main: [{ ...ferries, guid: null }] },
      { main: [{ ...ferries, ...rewritten, guid: null, date: later }] },
    ],
    expected: [`${rewritten.title} 2`],
  },
  'that gets another address and title under its guid is an edit when its date is the old one': {
    polls: [
      { main: [ferries, hunters] },
      {},
      {
        main: [
          { ...ferries, title: rewritten.title, link: 'https://review.example/2026/11/ferry-offers' },
          hunters,
        ],
      },
    ],
    expected: [`${rewritten.title} 2`, `${hunters.title} 1`],
  },
  'whose guid another article takes over is a story of its own': {
    polls: [
      { main: [ferries] },
      { main: [hunters] },
      {
        main: [
          { ...ferries, ...rewritten, link: 'https://review.example/2026/11/ferry-offers', date: later },
          hunters,
        ],
      },
    ],
    expected: [`${ferries.title} 1`, `${hunters.title} 1`, `${rewritten.title} 1`],
  },
  'that comes and goes is not told again': {
    polls: [
      { main: [ferries, hunters] },
      { main: [hunters] },
      { main: [ferries] },
      { main: [hunters, ferries] },
    ],
    expected: [`${ferries.title} 1`, `${hunters.title} 1`],
  },
  'with the title of another is a story of its own': {
    polls: [
      { main: [{ ...ferries, title: 'Photo of the day', summary: '' }] },
      {
        main: [
          { ...hunters, title: 'Photo of the day', summary: '', date: later },
          { ...ferries, title: 'Photo of the day', summary: '' },
        ],
      },
    ],
    expected: ['Photo of the day 1', 'Photo of the day 1'],
  },
  'that repeats weekly in the same words is a story each time': {
    polls: [
      { main: [weekly(0)] },
      ...Array.from({ length: 24 }, () => ({})),
      { main: [weekly(1), weekly(0)] },
    ],
    expected: ['The week at sea in pictures 1', 'The week at sea in pictures 1'],
    isLone: true,
  },
  'that is one of many at the address of the site is a story of its own': {
    polls: [
      { main: [{ ...ferries, link: 'https://review.example/' }] },
      {
        main: [
          { ...hunters, link: 'https://review.example/' },
          { ...ferries, link: 'https://review.example/' },
        ],
      },
    ],
    expected: [`${ferries.title} 1`, `${hunters.title} 1`],
  },
  'that is one of many at an address with a number asked for is a story of its own': {
    polls: [
      { main: [{ ...ferries, guid: null, link: 'https://review.example/news?id=1' }] },
      {
        main: [
          { ...hunters, guid: null, link: 'https://review.example/news?id=2' },
          { ...ferries, guid: null, link: 'https://review.example/news?id=1' },
        ],
      },
    ],
    expected: [`${ferries.title} 1`, `${hunters.title} 1`],
  },
  'that two feeds list under other guids is one story': {
    polls: [{ main: [ferries] }, { naval: [{ ...ferries, guid: 'sea-77' }] }],
    expected: [`${ferries.title} 1 main naval`],
  },
  'that two feeds list under other guids and tracked addresses is one story': {
    polls: [
      { main: [{ ...ferries, link: `${ferries.link}?utm_source=main` }] },
      {
        naval: [
          {
            ...ferries,
            guid: 'sea-77',
            link: `http://www.review.example/2026/11/tender-opens-for-two-coastal-ferries/?at_medium=rss`,
          },
        ],
      },
    ],
    expected: [`${ferries.title} 1 main naval`],
  },
  'that two feeds list with other summaries is one story, unedited': {
    polls: [
      { main: [ferries] },
      { naval: [{ ...ferries, guid: 'sea-77', summary: 'Four yards are asked.' }] },
      { main: [ferries] },
    ],
    expected: [`${ferries.title} 1 main naval`],
  },
  'that two feeds list without guids is one story': {
    polls: [{ main: [{ ...ferries, guid: null }] }, { naval: [{ ...ferries, guid: null }] }],
    expected: [`${ferries.title} 1 main naval`],
  },
  'that two feeds list under one guid at other addresses is one story': {
    polls: [
      { main: [ferries] },
      { naval: [{ ...ferries, link: 'https://review.example/sea/ferries-tender' }] },
    ],
    expected: [`${ferries.title} 1 main naval`],
  },
  'that two feeds list at other addresses with the same text is one story': {
    polls: [
      { main: [ferries] },
      { naval: [{ ...ferries, guid: 'sea-77', link: 'https://review.example/sea/ferries-tender' }] },
    ],
    expected: [`${ferries.title} 1 main naval`],
  },
};

/** A live page: one address, a headline and a summary that change with every reading. */
const liveItem = (poll: number): ListedItem => ({
  title: `Live: day ${poll} of the talks, ${['no deal yet', 'envoys arrive', 'a pause', 'ministers speak'][poll % 4]} ${poll}`,
  summary: `Update ${poll}: what was said in the last hour, by those who were in the room at the time.`,
  guid: 'live-talks',
  link: 'https://review.example/live/2026/talks',
  date: new Date(Date.parse('2026-11-20T12:00:00Z') + poll * 3_600_000).toUTCString(),
  more: '',
});

describe('an article', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  for (const [name, { polls, expected, isLone }] of Object.entries(cases)) {
    it(name, async () => {
      const listed = new Map<string, string>();
      const world = await wireWorld(engine, isLone ? lone : feeds, (url) => rssOf(listed.get(url) ?? ''));
      for (const documents of polls) {
        for (const [id, items] of Object.entries(documents)) {
          listed.set(
            `https://review.example/${id}`,
            items.map((item) => itemMarkup({ ...ferries, ...item })).join(''),
          );
        }
        for (const id of Object.keys(documents).length === 0 ? ['main'] : Object.keys(documents)) {
          const counts = await world.poll(id);
          expect(counts.new + counts.updated + counts.known + counts.rejected).toBe(counts.entries);
        }
      }
      const hasFeeds = expected.some((line) => line.endsWith('naval'));
      const stories = (await world.stories()).map(({ title, revision, feeds: of }) =>
        [title, revision, ...(hasFeeds ? [...of].sort() : [])].join(' '),
      );
      expect(stories.sort()).toEqual([...expected].sort());
    });
  }

  it('that is a live page is one story, at its place, with few revisions however often it changes', async () => {
    let poll = 0;
    const world = await wireWorld(engine, lone, () => rssOf(itemMarkup(liveItem(poll))));
    await world.poll();
    const [first] = await world.stories();
    for (poll = 1; poll < 24; poll += 1) {
      const counts = await world.poll();
      expect(counts).toMatchObject({ new: 0, entries: 1 });
    }
    const stories = await world.stories();
    expect(stories).toHaveLength(1);
    expect(stories[0]).toMatchObject({
      id: first?.id,
      sortTime: first?.sortTime,
      published: first?.published,
    });
    expect(stories[0]?.revision).toBeLessThanOrEqual(6);
    expect(stories[0]?.revision).toBeGreaterThan(2);
  });
});
