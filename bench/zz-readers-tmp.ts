/**
 * A day of readers: `npm run bench:readers -- [--readers 1000] [--many 10000] [--stories 400] [--seed 1]`. Some 400 stories
 * arrive on the wire in newsroom hours, one in twelve is edited; readers ask for a feed every 15, 30 or 60 minutes, each
 * group in its own manner, through a model of the shared edge cache that obeys the headers we send and the key of lib/edge.ts.
 * Behind it are the real serve handler and the real store adapter over the embedded engine; only time is made up. Prints the
 * bytes to readers and from the origin, and how many of a thousand requests reach the origin (goal: at most 5 at 10,000
 * readers of one feed). Exits with 1 when a reader missed a story or an edit. Takes some minutes.
 */
import { parseArgs } from 'node:util';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { createTagger } from '../lambdas/core/tag/tag.ts';
import type { Story } from '../lambdas/core/words/story.ts';
import { createEdgeCache, type EdgeCache, type EdgeManners, type Origin } from './support/edge-cache.ts';
import { edgePolicy } from './support/edge-policy.ts';
import {
  type Coding,
  type FeedChoice,
  type FeedReader,
  feedReaders,
  itemsOf,
  type Manner,
  manners,
  poll,
  type ReaderTraffic,
} from './support/feed-readers.ts';
import { editedStory, newsOfDay, storyMaker } from './support/reader-stories.ts';
import { startWireOrigin } from './support/wire-origin.ts';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '1000' },
    many: { type: 'string', default: '10000' },
    stories: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
  },
});
const readersCount = Number(values.readers);
const manyCount = Number(values.many);
const seed = Number(values.seed);

const minuteMs = 60_000;
const from = Date.parse('2026-02-03T00:00:00Z');
const period = { from, to: from + 1_440 * minuteMs };
/** Nothing happens in the last minutes, so that all that happened has had time to reach everybody. */
const quietMs = 45 * minuteMs;
/** Stories on the wire when the day begins, five minutes apart. */
const before = 300;

const oneFeed: FeedChoice = { path: '/feed.rss', query: '', share: 1 };
const wires = [
  { query: '', share: 0.6 },
  { query: 'topic=sea', share: 0.25 },
  { query: 'country=US', share: 0.15 },
];
const formats = [
  { ending: 'rss', share: 0.7 },
  { ending: 'atom', share: 0.2 },
  { ending: 'json', share: 0.1 },
];
const feeds = wires.flatMap(({ query, share }): FeedChoice[] =>
  formats.map((format) => ({ path: `/feed.${format.ending}`, query, share: share * format.share })),
);

/** Of readers in the wild most ask by tag or date, some for everything; few know deltas. Made up. */
const usualManners = [
  { value: 'plain', share: 0.2 },
  { value: 'date', share: 0.1 },
  { value: 'tag', share: 0.6 },
  { value: 'delta', share: 0.1 },
] as const;
const usualCodings = [
  { value: 'gzip', share: 0.5 },
  { value: 'br', share: 0.5 },
] as const;
const usualEdge: EdgeManners = {
  latencyMs: 150,
  passesConditions: true,
  keepsDeltas: true,
  deltaLifeSeconds: null,
};

/** Readers that share their caches, and what was sent to them. `asking` are the caches that ask the origin itself. */
interface Group {
  readonly name: string;
  readonly readers: readonly FeedReader[];
  readonly caches: readonly EdgeCache[];
  readonly asking: readonly EdgeCache[];
  readonly sent: ReaderTraffic;
}

const data = loadData(dataDirectory);
const makeStory = storyMaker(
  dataDirectory,
  new Set(data.rules.topics.map(({ slug }) => slug)),
  createTagger(data.rules),
);
const news = newsOfDay({ from, to: period.to - quietMs }, { count: Number(values.stories), before, seed });
const storiesTotal = before + news.filter(({ revision }) => revision === 1).length;
let now = from - before * 5 * minuteMs;
const origin = await startWireOrigin(data, () => now);
const policy = edgePolicy();

/** `shield`: a further cache stands between these and the origin, as CloudFront's Origin Shield does. */
interface GroupWishes {
  readonly count: number;
  readonly feeds: readonly FeedChoice[];
  readonly manners: readonly { readonly value: Manner; readonly share: number }[];
  readonly codings: readonly { readonly value: Coding; readonly share: number }[];
  readonly caches?: number;
  readonly shield?: boolean;
  readonly edge?: Partial<EdgeManners>;
}

function group(name: string, { caches: count = 1, shield = false, edge, ...wishes }: GroupWishes): Group {
  const ways = { ...usualEdge, ...edge };
  // Requests reach a shield as the edge has made them; its function runs once.
  const behind = shield
    ? createEdgeCache(origin.ask, { ...policy, normalised: (request) => request }, ways)
    : null;
  const ask: Origin = behind === null ? origin.ask : (request) => behind.ask(request, now);
  const caches = Array.from({ length: count }, () => createEdgeCache(ask, policy, ways));
  return {
    name,
    readers: feedReaders({ ...wishes, seed, period, stories: storiesTotal, caches: count }),
    caches,
    asking: behind === null ? caches : [behind],
    sent: { requests: 0, bytesDown: 0, bytesUp: 0, bytesOf: {}, statuses: {} },
  };
}

const only = <Value>(value: Value) => [{ value, share: 1 }];
const codings: readonly Coding[] = ['identity', 'gzip', 'br'];
const inEachManner = codings.flatMap((coding) =>
  manners
    .filter((manner) => coding !== 'identity' || manner === 'plain')
    .map((manner) =>
      group(`${manner}, ${coding}`, {
        count: readersCount,
        feeds,
        manners: only(manner),
        codings: only(coding),
      }),
    ),
);
const many = { count: manyCount, feeds: [oneFeed], codings: usualCodings };
const tagged = { ...many, manners: only<Manner>('tag') };
const mixed = { ...many, manners: usualManners };
const ofOneFeed = [
  group('plain', { ...many, manners: only('plain') }),
  group('by tag', tagged),
  group('by tag, 4 caches', { ...tagged, caches: 4 }),
  group('by tag, 13 caches', { ...tagged, caches: 13 }),
  group('by tag, 13 caches and a shield', { ...tagged, caches: 13, shield: true }),
  group('usual mix', mixed),
  group('usual mix, no deltas', { ...many, manners: usualManners.slice(0, 3) }),
  group('usual mix, no condition passed', { ...mixed, edge: { passesConditions: false } }),
  group('usual mix, no 226 kept', { ...mixed, edge: { keepsDeltas: false } }),
  group('usual mix, 226 kept 600 s', { ...mixed, edge: { deltaLifeSeconds: 600 } }),
  group('usual mix, 226 kept 300 s', { ...mixed, edge: { deltaLifeSeconds: 300 } }),
];
const groups = [...inEachManner, ...ofOneFeed];

const stories: Story[] = [];
const create = async (number: number): Promise<void> => {
  const story = makeStory(number, now);
  stories[number] = story;
  await origin.create(story);
};

async function happen({ story: number, revision }: (typeof news)[number]): Promise<void> {
  const previous = stories[number];
  if (revision === 1 || previous === undefined) return create(number);
  const story = editedStory(previous, number, now);
  stories[number] = story;
  await origin.replace(story, previous);
}

/** Plays the day: news and polls in the order of their times, news first where both fall into one millisecond. */
async function play(): Promise<void> {
  for (let number = 0; number < before; number += 1) {
    await create(number);
    now += 5 * minuteMs;
  }
  const members = groups.flatMap((one) => one.readers.map((reader) => ({ one, reader })));
  const bits = 2 ** 20;
  const polls = Float64Array.from(
    members.flatMap(({ reader }, at) => reader.polls.map((time) => (time - from) * bits + at)),
  ).sort();
  let next = 0;
  for (const code of polls) {
    const at = from + Math.floor(code / bits);
    for (let event = news[next]; event !== undefined && event.at <= at; event = news[next]) {
      now = event.at;
      await happen(event);
      next += 1;
    }
    now = at;
    const member = members[code % bits];
    const edge = member?.one.caches[member.reader.cache];
    if (member !== undefined && edge !== undefined) await poll(member.reader, edge, now, member.one.sent);
  }
}

/** What a feed's readers must have of the day's news, by a walk through the API: stories with their revisions. */
async function expectedOf({ query }: FeedChoice): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  const since = `since=${encodeURIComponent(new Date(from).toISOString())}&limit=200`;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const asked = [query, since, cursor === '' ? '' : `cursor=${encodeURIComponent(cursor)}`].filter(
      (part) => part !== '',
    );
    const answer = await origin.ask({ path: '/api/stories', query: asked.join('&'), headers: {} });
    for (const [story, revision] of itemsOf(answer))
      found.set(story, Math.max(revision, found.get(story) ?? 0));
    const { nextCursor } = Object(JSON.parse(answer.body?.toString() ?? 'null'));
    cursor = typeof nextCursor === 'string' ? nextCursor : null;
  }
  return found;
}

/** Stories and edits since a reader's first poll that it was never sent, as text. */
function missedBy(reader: FeedReader, expected: ReadonlyMap<number, number>): string[] {
  return [...expected].flatMap(([story, revision]) => {
    const appeared = Date.parse(stories[story]?.firstSeen ?? '');
    const had = reader.revisions[story] ?? 0;
    if (appeared < (reader.polls[0] ?? 0) || had >= revision) return [];
    return `${reader.manner} reader of ${reader.feed.path}?${reader.feed.query}: story ${story}, revision ${had} of ${revision}`;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const sentAs = ({ sent }: Group, status: number): number => sent.statuses[status] ?? 0;

function rowOf(one: Group, plain: Group | undefined) {
  const requests = sum(one.asking.map(({ traffic }) => traffic.requests));
  const originBytes = sum(one.asking.map(({ traffic }) => traffic.bytes));
  const ofPlain = (bytes: number, whole: number | undefined) => (bytes / (whole ?? Number.NaN)).toFixed(3);
  const shares = Object.entries(one.sent.bytesOf).map(([query, bytes]) => [
    query === '' ? 'wire' : query,
    ofPlain(bytes, plain?.sent.bytesOf[query]),
  ]);
  const notModified = sum(one.asking.map(({ traffic }) => traffic.statuses[304] ?? 0));
  return {
    requests: one.sent.requests,
    200: sentAs(one, 200),
    226: sentAs(one, 226),
    304: sentAs(one, 304),
    'MB to readers': megabytes(one.sent.bytesDown),
    'of plain': ofPlain(one.sent.bytesDown, plain?.sent.bytesDown),
    ...(shares.length > 1 ? Object.fromEntries(shares) : {}),
    'MB asked': megabytes(one.sent.bytesUp),
    'at origin': requests,
    'of 1,000': ((1_000 * requests) / one.sent.requests).toFixed(2),
    'of them 304': notModified,
    'MB of origin': megabytes(originBytes),
  };
}

async function main(): Promise<boolean> {
  const began = performance.now();
  await play();
  const took = ((performance.now() - began) / 1_000).toFixed(0);
  const edits = news.filter(({ revision }) => revision > 1).length;
  console.log(
    `${news.length - edits} stories and ${edits} edits in a day, seed ${seed}; ${origin.counts.asked} answers of the origin, ${origin.counts.made} of them worked out, ${origin.counts.compared} compared with a fresh one; ${took} s`,
  );
  const table = (of: readonly Group[], plainOf: (one: Group) => Group | undefined) =>
    console.table(Object.fromEntries(of.map((one) => [one.name, rowOf(one, plainOf(one))])));
  console.log(
    `\n${readersCount} readers of ${feeds.length} feeds in each manner and coding; "of plain": against plain in the same coding`,
  );
  const codingOf = ({ readers }: Group) => readers[0]?.coding;
  table(inEachManner, (one) => inEachManner.find((other) => codingOf(other) === codingOf(one)));
  console.log(`\n${manyCount} readers of one feed (goal: at most 5 of 1,000 requests at the origin)`);
  table(ofOneFeed, () => ofOneFeed[0]);
  const expected = new Map<string, ReadonlyMap<number, number>>();
  for (const feed of feeds) expected.set(feed.query, await expectedOf(feed));
  const missed = groups.map((one) => ({
    name: one.name,
    missed: one.readers.flatMap((reader) => missedBy(reader, expected.get(reader.feed.query) ?? new Map())),
  }));
  const unkeyed = new Set(groups.flatMap((one) => one.caches.flatMap(({ traffic }) => [...traffic.unkeyed])));
  const listed = [...expected]
    .map(([query, found]) => `${query === '' ? 'the wire' : query} ${found.size}`)
    .join(', ');
  console.log(`\nstories of the day: ${listed}`);
  console.log(`stories and edits that a reader missed: ${sum(missed.map((one) => one.missed.length))}`);
  for (const one of missed) for (const text of one.missed.slice(0, 5)) console.log(`  ${one.name}: ${text}`);
  console.log(`names in Vary that the edge's key lacks: ${[...unkeyed].join(', ') || 'none'}`);
  await origin.stop();
  return unkeyed.size === 0 && missed.every((one) => one.missed.length === 0);
}

process.exit((await main()) ? 0 : 1);
