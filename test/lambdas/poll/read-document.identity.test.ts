import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTable } from '../../support/engines.ts';
import { element, itemMarkup, type ListedItem, soundItem, soundTitles } from '../../support/listed-items.ts';
import { rssOf } from '../../support/poll-bench.ts';
import { feedOf } from '../../support/stories.ts';
import { wireWorld } from '../../support/wire-world.ts';

const origin = (link: string | null): string => element('feedburner:origLink', link);
const lot = (poll: number, at: number): string => `${(poll * 7_919 + at * 104_729 + 4_217) % 999_983}`;
const link = (one: ListedItem, change: (link: string) => string): ListedItem => ({
  ...one,
  link: one.link === null ? null : change(one.link),
});

/** What a publisher does to its n-th entry in the given poll. The articles stay the same four. */
const habits: Readonly<Record<string, (one: ListedItem, poll: number, at: number) => ListedItem>> = {
  'gives other guids in each document': (one, poll, at) => ({ ...one, guid: `id-${lot(poll, at)}` }),
  'gives other guids and dates of now': (one, poll, at) => ({
    ...one,
    guid: `id-${lot(poll, at)}`,
    date: new Date(Date.parse('2026-11-20T12:00:00Z') + poll * 3_600_000).toUTCString(),
  }),
  'gives one guid to all': (one) => ({ ...one, guid: 'https://review.example/feed' }),
  'gives one word as guid to all': (one) => ({ ...one, guid: 'article' }),
  'gives the title as guid': (one) => ({ ...one, guid: one.title }),
  'gives the date as guid': (one) => ({ ...one, guid: one.date }),
  'gives the day as guid, which all share': (one) => ({ ...one, guid: '2026-11-20' }),
  'gives the time of the reading as guid': (one, poll) => ({ ...one, guid: String(1_795_000_000 + poll) }),
  'gives guids in other case': (one, poll) => ({
    ...one,
    guid: poll % 2 === 0 ? (one.guid?.toUpperCase() ?? null) : one.guid,
  }),
  'gives guids with white space around': (one, poll) => ({
    ...one,
    guid: `\n ${one.guid}${' '.repeat(poll)}`,
  }),
  'gives no guids': (one) => ({ ...one, guid: null }),
  'gives no guids and no dates': (one) => ({ ...one, guid: null, date: null }),
  'tracks its links, with other values each time': (one, poll, at) =>
    link(
      { ...one, guid: null },
      (to) => `${to}?utm_source=rss&utm_content=${lot(poll, at)}&fbclid=${lot(at, poll)}`,
    ),
  'tracks its guids': (one, poll, at) => ({ ...one, guid: `${one.link}?utm_id=${lot(poll, at)}` }),
  'adds a session to its links': (one, poll, at) =>
    link({ ...one, guid: null }, (to) => `${to};jsessionid=${lot(poll, at)}AB`),
  'adds a fragment to its links': (one, poll) => link({ ...one, guid: null }, (to) => `${to}#ref-${poll}`),
  'moves to https': (one, poll) => ({
    ...link(one, (to) => (poll < 2 ? to.replace('https', 'http') : to)),
    guid: poll < 2 ? (one.link?.replace('https', 'http') ?? null) : one.link,
  }),
  'links to its AMP pages now and then': (one, poll) =>
    link({ ...one, guid: null }, (to) => (poll % 2 === 0 ? to : `${to}/amp/`)),
  'links to an AMP cache': (one, poll) =>
    link({ ...one, guid: null }, (to) =>
      poll % 2 === 0
        ? to
        : to.replace(
            'https://review.example',
            'https://review-example.cdn.ampproject.org/c/s/review.example',
          ),
    ),
  'links to its mobile host': (one, poll) =>
    link({ ...one, guid: null }, (to) =>
      to.replace('review.example', `${['m.', 'www.', 'mobile.', ''][poll % 4]}review.example`),
    ),
  'links with and without a slash, a port and an index page': (one, poll) =>
    link(
      { ...one, guid: null },
      (to) => [to, `${to}/`, to.replace('.example', '.example:443'), `${to}/index.html`][poll % 4] ?? to,
    ),
  'links through a news search': (one, poll, at) =>
    link({ ...one, guid: `tag:search,${lot(poll, at)}` }, (to) =>
      poll % 2 === 0
        ? `https://www.google.com/url?rct=j&sa=t&url=${encodeURIComponent(to)}&ct=ga&usg=${lot(poll, at)}`
        : `http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=${lot(poll, at)}&url=${encodeURIComponent(to)}&c=1&mkt=en-us`,
    ),
  'links through a feed proxy that names the page': (one, poll, at) => ({
    ...one,
    guid: null,
    link: `http://feedproxy.example/~r/review/~3/${lot(poll, at)}/`,
    more: origin(one.link),
  }),
  'leaves its feed proxy': (one, poll, at) =>
    poll < 2
      ? {
          ...one,
          guid: null,
          link: `http://feedproxy.example/~r/review/~3/${lot(0, at)}/`,
          more: origin(one.link),
        }
      : { ...one, guid: null },
  'goes from numbers to addresses as guids': (one, poll, at) => ({
    ...one,
    guid: poll < 2 ? `https://review.example/?p=${at + 10}` : one.link,
  }),
  'moves to another host with other guids': (one, poll) =>
    link({ ...one, guid: poll < 2 ? one.guid : `urn:new:${one.guid}` }, (to) =>
      poll < 2 ? to : to.replace('review.example', 'magazine.example'),
    ),
  'moves to another host with other guids and has titles only': (one, poll) =>
    link({ ...one, summary: '', guid: poll < 2 ? one.guid : `urn:new:${one.guid}` }, (to) =>
      poll < 2 ? to : to.replace('review.example', 'magazine.example'),
    ),
  'changes quotes, dashes and white space': (one, poll) => ({
    ...one,
    title: poll % 2 === 0 ? one.title : `  ${one.title.replaceAll(' ', '  ')} `,
    summary: poll % 2 === 0 ? one.summary : one.summary.replaceAll(' ', ' '),
  }),
  'dates everything now': (one, poll) => ({
    ...one,
    date: new Date(Date.parse('2026-11-20T12:00:00Z') + poll * 3_600_000).toUTCString(),
  }),
  'lists some entries every second time': (one, poll, at) =>
    poll % 2 === 1 && at % 2 === 1 ? { ...one, title: '' } : one,
  'writes its addresses encoded now and then': (one, poll) =>
    link({ ...one, guid: null }, (to) => (poll % 2 === 0 ? to : to.replaceAll('-', '%2D'))),
  'lists each entry twice': (one) => ({
    ...one,
    more: `</item>${itemMarkup({ ...one, more: '' }).replace('</item>', '')}`,
  }),
  'lists each entry under two guids': (one) => ({
    ...one,
    more: `</item>${itemMarkup({ ...one, guid: `${one.guid}-b`, more: '' }).replace('</item>', '')}`,
  }),
};

const feed = feedOf('review', { url: 'https://review.example/feed', source: 'review' });
const pollsMax = 6;

describe('a publisher that', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  for (const [name, habit] of Object.entries(habits)) {
    it(`${name} has each article on the wire once, unedited`, async () => {
      let poll = 0;
      const listed = () =>
        soundTitles.map((_, at) => habit(soundItem(at), poll, at)).filter(({ title }) => title !== '');
      const world = await wireWorld(engine, [feed], () => rssOf(listed().map(itemMarkup).join('')));
      for (poll = 0; poll < pollsMax; poll += 1) {
        const counts = await world.poll();
        expect(counts.new + counts.updated + counts.known + counts.rejected).toBe(counts.entries);
      }
      const stories = await world.stories();
      expect(stories.map(({ title }) => title.trim()).sort()).toEqual([...soundTitles].sort());
      expect(stories.map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
    });
  }
});
