import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyEntries } from '../../../../lambdas/core/identity/identify-entries.ts';
import {
  article,
  identityFeed,
  type ListedArticle,
  type PolledNews,
  unidentified,
} from '../../../support/identity-world.ts';

const firstDay = 20_700;
/** What a feed does to its entries in the given poll. */
type Habit = (listed: ListedArticle, poll: number, at: number) => ListedArticle;

const random = (...of: readonly (string | number)[]): string =>
  createHash('sha1').update(of.join(' ')).digest('hex').slice(0, 12);

const habits: Readonly<Record<string, Habit>> = {
  'sound guids': (one) => one,
  'other guids with each poll': (one, poll) => ({ ...one, guid: random(one.name, poll) }),
  'other guids with each poll, every second day': (one, poll) =>
    poll % 8 < 4 ? { ...one, guid: random(one.name, poll) } : one,
  'other guids, dates of now': (one, poll) => ({
    ...one,
    guid: random(one.name, poll),
    day: firstDay + Math.floor(poll / 4),
  }),
  'guids with the time in their address': (one, poll) => ({ ...one, guid: `${one.link}?t=${random(poll)}` }),
  'one guid for all': (one) => ({ ...one, guid: 'item' }),
  'the site as guid': (one) => ({ ...one, guid: 'https://news.example/' }),
  'the feed as guid': (one) => ({ ...one, guid: 'https://news.example/feed.xml' }),
  'empty guids': (one) => ({ ...one, guid: ' ' }),
  'no guids': (one) => ({ ...one, guid: null }),
  'the place in the list as guid': (one, _, at) => ({ ...one, guid: String(at) }),
  'guids shared by pairs': (one) => ({ ...one, guid: `pair ${Math.floor(Number(one.name.slice(1)) / 2)}` }),
  'guids that come round after five': (one) => ({ ...one, guid: `slot-${Number(one.name.slice(1)) % 5}` }),
  'other guids and addresses with each poll': (one, poll) => ({
    ...one,
    guid: random(one.name, poll),
    link: `https://news.example/r/${random(poll, one.name)}/${random('x', poll)}`,
  }),
  'no guids, a token in the address': (one, poll) => ({
    ...one,
    guid: null,
    link: `${one.link}?token=${random(poll)}`,
  }),
  'no guids, all at the site': (one) => ({ ...one, guid: null, link: 'https://news.example/' }),
  'text only': (one) => ({ ...one, guid: null, link: null }),
  'text only, no dates': (one) => ({ ...one, guid: null, link: null, day: null }),
  'other guids, no links': (one, poll) => ({ ...one, guid: random(one.name, poll), link: null }),
  'other guids, no dates': (one, poll) => ({ ...one, guid: random(one.name, poll), day: null }),
  'http and https in turn': (one, poll) => ({
    ...one,
    guid: `http${poll % 2 === 0 ? '' : 's'}://news.example/?p=${one.name}`,
    link: one.link?.replace('https', poll % 3 === 0 ? 'http' : 'https') ?? null,
  }),
};

/** Articles arrive two a day, the document lists the latest `size`, four polls a day. */
function run(
  habit: Habit,
  polls: number,
  size: number,
  order: (list: ListedArticle[], poll: number) => ListedArticle[],
) {
  const feed = identityFeed();
  const announced: string[] = [];
  const changed: string[] = [];
  const listedNames = new Set<string>();
  for (let poll = 0; poll < polls; poll += 1) {
    const newest = size + Math.floor(poll / 2);
    const all = Array.from({ length: size }, (_, at) => {
      const number = newest - at;
      return article(
        number,
        firstDay +
          Math.min(0, Math.floor((number - size) / 2)) +
          Math.max(0, Math.floor((number - size) / 2)),
      );
    });
    const listed = order(all, poll).map((one, at) => habit(one, poll, at));
    for (const one of listed) listedNames.add(one.name);
    const news: PolledNews = feed.poll(listed, firstDay + Math.floor(poll / 4));
    expect(news.fresh.length + news.changed.length + news.known).toBe(listed.length);
    announced.push(...news.fresh);
    changed.push(...news.changed);
  }
  return { announced: announced.sort(), changed, listed: [...listedNames].sort(), feed };
}

const asIs = (list: ListedArticle[]) => list;
const shuffled = (list: ListedArticle[], poll: number) =>
  [...list].sort((one, other) => (random(one.name, poll) < random(other.name, poll) ? -1 : 1));

describe('a feed with', () => {
  for (const [name, habit] of Object.entries(habits)) {
    for (const [polls, size] of [
      [20, 8],
      [60, 8],
      [24, 1],
      [24, 2],
    ] as const) {
      it(`${name} gives each article once in ${polls} polls of ${size} entries`, () => {
        const { announced, changed, listed } = run(habit, polls, size, asIs);
        expect(announced).toEqual(listed);
        if (!name.includes('addresses with each')) expect(changed).toEqual([]);
      });
    }

    it(`${name} gives each article once in whatever order it lists them`, () => {
      const { announced, listed } = run(habit, 24, 8, shuffled);
      expect(announced).toEqual(listed);
    });
  }

  it('guids that are bad for a while gives each article once then, at the turn and after it', () => {
    for (const bad of [
      'other guids with each poll',
      'other guids and addresses with each poll',
      'one guid for all',
      'no guids',
    ] as const) {
      const turning: Habit = (one, poll, at) =>
        poll >= 10 && poll < 30 ? (habits[bad]?.(one, poll, at) ?? one) : one;
      const { announced, listed } = run(turning, 60, 8, asIs);
      expect(announced, bad).toEqual(listed);
    }
  });

  it('is known to be one whose guids say nothing, and is trusted again when it gives no more reason', () => {
    const { feed } = run(habits['other guids with each poll'] ?? ((one) => one), 8, 8, asIs);
    expect(feed.state.distrust?.rung).toBe('u');
    const today = firstDay + 100;
    feed.poll([article(200, today), article(201, today)], today);
    expect(feed.state.distrust).toBeUndefined();
  });
});

describe('an entry', () => {
  const day = firstDay;
  const list = [1, 2, 3, 4].map((number) => article(number, day));
  const edited = (one: ListedArticle): ListedArticle => ({
    ...one,
    title: `Correction: ${one.name} was told wrongly`,
    summary: `What was said of ${one.name} before did not hold; here is what the ministry says today about the matter.`,
  });

  it('that gets another guid and another text at once is an edit, because its page is the same', () => {
    const feed = identityFeed();
    feed.poll(list, day);
    const turned = list.map((one, at) => (at === 0 ? edited(one) : one));
    const news = feed.poll(
      turned.map((one) => ({ ...one, guid: random(one.name, 'other') })),
      day,
    );
    expect(news).toMatchObject({ fresh: [], changed: ['n1'], known: 3 });
  });

  it('alone in its feed that gets another guid and another text at once is an edit too', () => {
    const feed = identityFeed();
    feed.poll([article(1, day)], day);
    expect(feed.poll([{ ...edited(article(1, day)), guid: 'else' }], day)).toMatchObject({
      fresh: [],
      changed: ['n1'],
    });
  });

  it('with its guid is an edit, whatever else changes but the page', () => {
    const feed = identityFeed();
    feed.poll(list, day);
    const news = feed.poll([{ ...edited(article(1, day)), day: day + 3 }, ...list.slice(1)], day + 3);
    expect(news).toMatchObject({ fresh: [], changed: ['n1'] });
  });

  it('with its guid and title at another page is an edit', () => {
    const feed = identityFeed();
    feed.poll(list, day);
    const moved = {
      ...article(1, day),
      link: 'https://news.example/2026/frigate-programme-renamed-and-moved',
    };
    expect(feed.poll([moved, ...list.slice(1)], day)).toMatchObject({ fresh: [], changed: ['n1'] });
  });

  it('under a guid that another article had is new, and both stay what they are', () => {
    const feed = identityFeed();
    const first = feed.poll([{ ...article(1, day), guid: 'top' }], day);
    const second = { ...article(2, day), guid: 'top' };
    expect(feed.poll([second], day)).toMatchObject({ fresh: ['n2'], changed: [] });
    for (let later = 1; later < 90; later += 1) {
      expect(feed.poll([second], day + later)).toMatchObject({ fresh: [], changed: [], known: 1 });
    }
    const third = feed.poll([{ ...article(3, day + 90), guid: 'top' }], day + 90);
    expect(third.fresh).toEqual(['n3']);
    // Stories outlive the window: a third article under the key of the first would be an edit of that one's story.
    expect(third.keys).not.toEqual(first.keys);
  });

  it('under its guid with another page, title and summary is an edit where its date is older than the first sight', () => {
    const feed = identityFeed();
    feed.poll([article(1, day), article(2, day)], day + 5);
    const rewritten = {
      ...edited(article(1, day)),
      link: 'https://news.example/2026/what-really-happened-that-day',
    };
    expect(feed.poll([rewritten, article(2, day)], day + 5)).toMatchObject({ fresh: [], changed: ['n1'] });
    const since = { ...article(7, day + 6), guid: article(2, day).guid };
    expect(feed.poll([rewritten, since], day + 6)).toMatchObject({ fresh: ['n7'], changed: [] });
  });

  it('with its own guid at a page that others share is an entry of its own', () => {
    const live = (number: number) => ({ ...article(number, day), link: 'https://news.example/live' });
    const feed = identityFeed();
    expect(feed.poll([live(1), live(2)], day).fresh).toEqual(['n1', 'n2']);
    expect(feed.poll([live(3), live(1), live(2)], day).fresh).toEqual(['n3']);
    expect(feed.poll([live(4)], day + 1).fresh).toEqual(['n4']);
  });

  it('of a column with one page and one title is new with each issue', () => {
    const issue = (number: number): ListedArticle => ({
      ...article(number, day + number),
      link: 'https://news.example/brief',
      title: 'The weekly brief',
    });
    const feed = identityFeed();
    expect([1, 8, 15].flatMap((number) => feed.poll([issue(number)], day + number).fresh)).toEqual([
      'n1',
      'n8',
      'n15',
    ]);
  });

  it('whose text repeats at another page days later is another issue', () => {
    const letter = (number: number): ListedArticle => ({
      ...article(number, day + number),
      title: 'The letter to our readers is out',
      summary:
        'What mattered in defence this week, in short, with links to everything that we have written about it.',
    });
    const feed = identityFeed();
    expect([1, 8].flatMap((number) => feed.poll([letter(number)], day + number).fresh)).toEqual(['n1', 'n8']);
    expect(feed.poll([letter(15), letter(8)], day + 15).fresh).toEqual(['n15']);
  });

  it('that stands at two addresses of one document is one article, also when it is edited', () => {
    const twin = {
      ...article(1, day),
      guid: 'other',
      link: 'https://news.example/sea/2026/a-second-address-of-it',
    };
    const feed = identityFeed();
    expect(feed.poll([article(1, day), twin, article(2, day)], day).fresh).toHaveLength(2);
    expect(feed.poll([twin, article(1, day), article(2, day)], day)).toMatchObject({
      fresh: [],
      changed: [],
      known: 3,
    });
    const { link, guid } = twin;
    const late = feed.poll(
      [edited(article(1, day)), { ...edited(article(1, day)), link, guid }, article(2, day)],
      day,
    );
    expect(late.fresh).toEqual([]);
    expect(late.changed).toHaveLength(1);
    expect(feed.state.window).toHaveLength(2);
  });

  it('listed twice in two versions counts as the newer one', () => {
    const revised = { ...article(1, day + 1), summary: 'The trials were put off.' };
    for (const listed of [
      [article(1, day), revised],
      [revised, article(1, day)],
    ]) {
      const feed = identityFeed();
      feed.poll(listed, day + 1);
      expect(feed.state.window).toHaveLength(1);
      expect(feed.state.window[0]?.hash).toBe(unidentified(revised).entry.hash);
    }
  });

  it('keeps its key in whatever order the document lists it', () => {
    const listed = fc.array(
      fc.record({
        number: fc.integer({ min: 0, max: 6 }),
        guid: fc.option(fc.constantFrom('a', 'b', '7', 'https://news.example/')),
        isBare: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    const made = (rows: { number: number; guid: string | null; isBare: boolean }[]) =>
      rows.map(({ number, guid, isBare }) => ({
        ...article(number, day),
        guid,
        ...(isBare ? { link: null } : {}),
      }));
    fc.assert(
      fc.property(listed, listed, (before, now) => {
        const [one, other] = [identityFeed(), identityFeed()];
        one.poll(made(before), day);
        other.poll(made(before), day);
        const forwards = one.poll(made(now), day).keys;
        const backwards = other.poll(made([...now].reverse()), day).keys;
        expect([...backwards].reverse()).toEqual(forwards);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never breaks on what a feed may say', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 40 }), { nil: null });
    const any = fc.record({
      guid: text,
      link: fc.oneof(text, fc.webUrl()),
      title: fc.string({ unit: 'binary' }),
      summary: fc.string({ unit: 'binary' }),
      day: fc.option(fc.integer({ min: 0, max: 40_000 })),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.array(any, { maxLength: 6 }), (before, now) => {
        const feed = identityFeed();
        for (const listed of [before, now, now]) {
          const news = feed.poll(
            listed.map((one) => ({ ...one, name: 'x' })),
            day,
          );
          expect(news.fresh.length + news.changed.length + news.known).toBe(listed.length);
          for (const key of news.keys) expect(key).toMatch(/^[gut][\w-]{16}$/);
        }
        expect(
          feed.poll(
            now.map((one) => ({ ...one, name: 'x' })),
            day,
          ),
        ).toMatchObject({ fresh: [], changed: [] });
      }),
    );
  });
});

describe('a source with several feeds', () => {
  const context = { addresses: [], today: firstDay, isShared: true };
  const first = unidentified(article(1, firstDay));

  it('has one name for a page in all of them', () => {
    const pages = ['one', 'two'].map((id) => {
      const item = { ...first, identity: { ...first.identity, id } };
      return identifyEntries([item], { window: [] }, { ...context, siblings: [] }).entries[0];
    });
    expect(pages[0]?.page).toMatch(/^g[\w-]{16}$/);
    expect(pages[1]?.page).toBe(pages[0]?.page);
    expect(pages[1]?.key).not.toBe(pages[0]?.key);
  });

  it('calls an article by the name that the older feed has for it', () => {
    const { entry } = first;
    const siblings = [{ key: 'gAAAAAAAAAAAAAAAA', hash: entry.hash, seenDay: firstDay, leftDay: null }];
    const item = { ...first, identity: { ...first.identity, id: 'another' } };
    const { entries } = identifyEntries([item], { window: [] }, { ...context, siblings });
    expect(entries[0]?.page).toBe('gAAAAAAAAAAAAAAAA');
  });
});
