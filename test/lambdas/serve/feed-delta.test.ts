import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { all, parseXml, textOf, type XmlElement } from '../../support/parse-xml.ts';
import { nowMs, serveFixture, storyOf } from '../../support/serve-fixture.ts';

type Format = 'rss' | 'atom' | 'json';
const formats: readonly Format[] = ['rss', 'atom', 'json'];

/** Everything an element says, attributes too. */
const ownText = ({ name, attributes, children, text }: XmlElement): string =>
  JSON.stringify([name, [...attributes], text, children.map(ownText)]);

/** The items of a document by id, each with all that it says. */
function itemsOf(format: Format, text: string): Map<string, string> {
  if (format === 'json') {
    const { items }: { items: { id: string }[] } = JSON.parse(text);
    return new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  }
  const root = parseXml(text);
  const items =
    format === 'atom' ? all(root, 'entry') : root.children.flatMap((channel) => all(channel, 'item'));
  const idOf = (item: XmlElement) => textOf(item, format === 'atom' ? 'id' : 'guid') ?? '';
  return new Map(items.map((item) => [idOf(item), ownText(item)]));
}

/** A reader that keeps every item it ever got, the latest version of each, and what it needs to ask for less. */
function createReader(
  get: ReturnType<typeof serveFixture>['get'],
  format: Format,
  headers: Record<string, string>,
) {
  const items = new Map<string, string>();
  const statuses: number[] = [];
  let etag: string | null = null;
  return {
    items,
    statuses,
    poll: async (path: string) => {
      const conditions: Record<string, string> = etag === null ? {} : { 'if-none-match': etag };
      const response = await get(path, { ...headers, ...conditions });
      statuses.push(response.status);
      if (response.status === 304) return;
      etag = response.headers.get('etag');
      for (const [id, text] of itemsOf(format, await response.text())) items.set(id, text);
    },
  };
}

type Change =
  | { readonly kind: 'add' | 'late' | 'remove' | 'edit' | 'retag' | 'copy'; readonly n: number }
  | { readonly kind: 'burst'; readonly n: number };

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('add', 'add', 'late', 'remove', 'edit', 'retag', 'copy', 'burst'),
  n: fc.nat(12),
});

/** Applies a change as ingest and re-tagging would; ids count up, so a story never comes back under an old one. */
function createWorld() {
  const world = serveFixture([]);
  const stories: Story[] = [];
  let made = 0;
  const put = (story: Story) => {
    const at = stories.findIndex(({ id }) => id === story.id);
    if (at === -1) stories.push(story);
    else stories[at] = story;
    world.reader.add(story);
  };
  const add = (hoursAgo: number) => {
    made += 1;
    const sortTime = new Date(nowMs - 30 * 86_400_000 + made * 60_000 - hoursAgo * 3_600_000).toISOString();
    const times = { sortTime, published: sortTime, updated: sortTime, firstSeen: sortTime };
    put(storyOf({ n: made, ...times, topics: made % 3 === 0 ? ['air.drones'] : ['sea.mines'] }));
  };
  const apply = ({ kind, n }: Change) => {
    const story = stories[n % Math.max(1, stories.length)];
    if (kind === 'burst') for (let count = 0; count <= n; count += 1) add(0);
    else if (kind === 'add') add(0);
    else if (kind === 'late') add(n);
    else if (story === undefined) return;
    else if (kind === 'remove') {
      stories.splice(stories.indexOf(story), 1);
      world.reader.remove(story.id);
    } else if (kind === 'edit')
      put({ ...story, title: `${story.title} again`, revision: story.revision + 1 });
    else if (kind === 'retag') put({ ...story, tags: other(story, n) });
    else put({ ...story, copies: [...story.copies, copyOf(n)] });
  };
  return { ...world, apply };
}

const other = (story: Story, n: number): Story['tags'] => ({
  ...story.tags,
  topics: storyOf({ n: 0, topics: n % 2 === 0 ? ['sea.submarines'] : ['air.drones'] }).tags.topics,
});

const copyOf = (n: number): Story['copies'][number] => ({
  id: `copy${n}`,
  source: 'mod-fi',
  url: `https://mod.example/${n}`,
  published: new Date(nowMs - 86_400_000 + n).toISOString(),
});

describe('a reader of deltas', () => {
  it('ends with the same items in the same versions as one that downloads all, whatever happens between its polls', async () => {
    const rounds = fc.array(fc.array(change, { maxLength: 6 }), { minLength: 2, maxLength: 8 });
    const search = fc.constantFrom('', '?limit=3', '?topic=sea&limit=4', '?topic=-air&limit=200');
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), search, rounds, async (format, query, changes) => {
        const world = createWorld();
        const sparing = createReader(world.get, format, { 'a-im': 'feed' });
        const whole = createReader(world.get, format, {});
        for (const round of changes) {
          for (const one of round) world.apply(one);
          for (const reader of [sparing, whole]) await reader.poll(`/feed.${format}${query}`);
          expect(sparing.items).toEqual(whole.items);
        }
        for (const status of sparing.statuses) seen.add(status);
        expect(whole.statuses).not.toContain(226);
      }),
      { numRuns: 150 },
    );
    // The property means something only when all three ways of answering came up.
    expect([...seen].sort()).toEqual([200, 226, 304]);
  });

  it.each(formats)(
    'gets from /feed.%s only what is new or changed, and a tag of the whole',
    async (format) => {
      const { get, reader } = serveFixture();
      const path = `/feed.${format}`;
      const first = await get(path, { 'a-im': 'feed' });
      expect(first.status).toBe(200);
      reader.add(storyOf({ n: 0.5, title: 'Just in' }));
      reader.add(storyOf({ n: 30, topics: ['sea.mines'], title: 'Old news with a topic' }));
      const delta = await get(path, { 'a-im': 'feed', 'if-none-match': first.headers.get('etag') ?? '' });
      expect([delta.status, delta.headers.get('im')]).toEqual([226, 'feed']);
      expect(delta.headers.get('cache-control')).toBe('no-store, im');
      expect(delta.headers.get('vary')).toBe('Accept, Accept-Encoding, A-IM, If-None-Match');
      const text = await delta.text();
      expect(itemsOf(format, text).size).toBe(2);
      expect(text).toContain('Just in');
      const whole = await get(path, { 'a-im': 'feed' });
      expect(whole.headers.get('etag')).toBe(delta.headers.get('etag'));
      expect((await get(path, { 'if-none-match': delta.headers.get('etag') ?? '' })).status).toBe(304);
    },
  );

  it('is told of a removal by an empty delta, and of nothing by 304', async () => {
    const { get, reader } = serveFixture();
    const etag = async () => (await get('/feed.json', { 'a-im': 'feed' })).headers.get('etag') ?? '';
    const before = await etag();
    reader.remove(storyOf({ n: 4 }).id);
    const after = await get('/feed.json', { 'a-im': 'feed', 'if-none-match': before });
    expect([after.status, JSON.parse(await after.text()).items]).toEqual([226, []]);
    expect((await get('/feed.json', { 'a-im': 'feed', 'if-none-match': await etag() })).status).toBe(304);
  });

  it('gets the whole document for a tag of another feed, format or release, a plain one or a broken one', async () => {
    const { get, reader } = serveFixture();
    const etag = async (path: string, headers: Record<string, string> = { 'a-im': 'feed' }) =>
      (await get(path, headers)).headers.get('etag') ?? '';
    const own = await etag('/feed.rss');
    const tags = [
      await etag('/feed.rss', {}),
      await etag('/feed.atom'),
      await etag('/feed.rss?limit=200'),
      await etag('/topics/sea.rss'),
      own.replace(/.{3}"$/, '"'),
      own.replace(/"$/, 'AAAAAAA"').replace(/\..{6}/, '.AAAAAA'),
    ];
    reader.add(storyOf({ n: 0.5 }));
    for (const tag of tags)
      expect((await get('/feed.rss', { 'a-im': 'feed', 'if-none-match': tag })).status).toBe(200);
    expect((await get('/feed.rss', { 'a-im': 'feed', 'if-none-match': own })).status).toBe(226);
    expect((await get('/feed.rss', { 'if-none-match': own })).status).toBe(200);
  });

  it('may show several tags, weak or of a compressed form; which one was taken is said', async () => {
    const { get, reader } = serveFixture();
    const own = (await get('/feed.rss', { 'a-im': 'feed' })).headers.get('etag') ?? '';
    reader.add(storyOf({ n: 0.5 }));
    for (const shown of [`W/${own}`, own.replace(/"$/, '-br"'), own.replace(/"$/, '-gzip"')]) {
      const delta = await get('/feed.rss', { 'a-im': 'feed', 'if-none-match': shown });
      expect([delta.status, delta.headers.get('delta-base')]).toEqual([226, null]);
    }
    const several = await get('/feed.rss', { 'a-im': 'feed', 'if-none-match': `"x", ${own}` });
    expect([several.status, several.headers.get('delta-base')]).toEqual([226, own]);
  });

  it('shares its delta at the edge, whose key names the state, even while the edge asks with a tag of its own', async () => {
    const { get, reader } = serveFixture();
    const base = (await get('/feed.rss', { 'a-im': 'feed' })).headers.get('etag') ?? '';
    reader.add(storyOf({ n: 0.5, title: 'Second' }));
    const keyed = { 'a-im': 'feed', 'x-delta-base': base };
    const second = await get('/feed.rss', { ...keyed, 'if-none-match': base });
    expect(second.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=120/);
    const kept = second.headers.get('etag') ?? '';
    const renewed = await get('/feed.rss', { ...keyed, 'if-none-match': kept });
    expect([renewed.status, renewed.headers.get('cache-control')]).toEqual([
      304,
      second.headers.get('cache-control'),
    ]);
    expect(renewed.headers.get('vary')).toContain('If-None-Match');
    reader.add(storyOf({ n: 0.25, title: 'Third' }));
    const third = await get('/feed.rss', { ...keyed, 'if-none-match': kept });
    expect(third.status).toBe(226);
    expect(await third.text()).toMatch(/Third[\s\S]*Second/);
  });

  it('is told 304 in every form, with the tag that the whole would have', async () => {
    const { get } = serveFixture();
    for (const path of ['/feed.rss', '/feed.atom', '/feed.json'])
      for (const headers of [{}, { 'a-im': 'feed' }, { accept: 'text/html' }]) {
        const etag = (await get(path, headers)).headers.get('etag') ?? '';
        const again = await get(path, { ...headers, 'if-none-match': etag });
        expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
        expect(again.headers.get('cache-control')).toMatch(/^public, max-age=900/);
        expect(again.headers.get('vary')).toBe('Accept, Accept-Encoding, A-IM');
      }
  });
});
