import { describe, expect, it } from 'vitest';
import { byFirstSight } from '../../../lambdas/core/story/cluster-members.ts';
import { copyReference, originalReference } from '../../../lambdas/core/story/copy-references.ts';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { hostileTexts } from '../../support/feed-fixture.ts';
import { all, parseXml, textOf, type XmlElement } from '../../support/parse-xml.ts';
import { serveFixture, storyId, storyOf } from '../../support/serve-fixture.ts';

const event = storyId(9);
const original = storyOf({ n: 9, title: 'Frigate sails', cluster: event });
const followUp = storyOf({ n: 5, title: 'Frigate <i>arrives</i>', source: 'mod-fi', cluster: event });

function copyOf(n: number, more: Partial<Story> = {}): Story {
  const copy = storyOf({
    n,
    source: 'mod-fi',
    title: original.title,
    summary: original.summary,
    cluster: event,
    ...more,
  });
  return { ...copy, original: originalReference(copy, original) };
}

/** The original with the copies it has, and they. */
const withCopies = (...copies: readonly Story[]): Story[] => [
  { ...original, copies: copies.map(copyReference).slice(0, 8), version: 1 + copies.length },
  ...copies,
];

interface Item {
  readonly id: string;
  readonly content_text: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly _sitrep: {
    readonly copies: readonly { readonly id: string; readonly url: string | null }[];
    readonly copyOf: string | null;
    readonly cluster: {
      readonly id: string;
      readonly total?: number;
      readonly members?: readonly {
        readonly id: string;
        readonly copyOf: string | null;
        readonly url: string | null;
      }[];
    } | null;
  };
}

/** A feed in each of its formats. */
async function feedsOf(stories: readonly Story[], query = '') {
  const { get } = serveFixture(stories);
  const [rss, atom, json] = await Promise.all(
    ['rss', 'atom', 'json'].map((format) => get(`/feed.${format}${query}`)),
  );
  if (rss === undefined || atom === undefined || json === undefined)
    throw new Error('Expected three formats');
  const [channel] = all(parseXml(await rss.text()), 'channel');
  if (channel === undefined) throw new Error('Expected a channel, got none');
  const feed: { readonly items: readonly Item[] } = JSON.parse(await json.text());
  const etags = [rss, atom, json].map(({ headers }) => headers.get('etag'));
  return { channel, rss: all(channel, 'item'), atom: parseXml(await atom.text()), json: feed.items, etags };
}

const linksIn = (html: string | null | undefined): string[] =>
  Array.from((html ?? '').matchAll(/<a href="([^"]*)"/g), ([, href = '']) => href.replaceAll('&amp;', '&'));
const related = (entry: XmlElement | undefined): (string | undefined)[] =>
  (entry === undefined ? [] : all(entry, 'link'))
    .filter(({ attributes }) => attributes.get('rel') === 'related')
    .map(({ attributes }) => attributes.get('href'));

describe('an item that stands for others', () => {
  it('lists its copies in every format alike, with a title that stays', async () => {
    const { rss, atom, json } = await feedsOf(withCopies(copyOf(4), copyOf(3, { url: null })));
    expect([rss.length, json.length]).toEqual([1, 1]);
    const [item, [entry], [jsonItem]] = [rss[0], all(atom, 'entry'), json];
    const html =
      '<p>Summary of story 9.</p><p>Also reported by:</p><ul>' +
      '<li><a href="https://harbour.example/story/4">Ministry</a> (22 Nov 2026, 08:00 UTC)</li>' +
      '<li>Ministry (22 Nov 2026, 09:00 UTC)</li></ul>';
    expect(item && [textOf(item, 'title'), textOf(item, 'description')]).toEqual(['Frigate sails', html]);
    expect(item && textOf(item, 'source')).toBe('Harbour Post: all');
    expect(entry && [textOf(entry, 'title'), textOf(entry, 'summary')]).toEqual(['Frigate sails', html]);
    expect(entry && all(entry, 'summary')[0]?.attributes.get('type')).toBe('html');
    expect(related(entry)).toEqual(['https://harbour.example/story/4']);
    expect(jsonItem?.content_text).toBe(
      'Summary of story 9.\n\nAlso reported by:\n' +
        '- Ministry (22 Nov 2026, 08:00 UTC): https://harbour.example/story/4\n- Ministry (22 Nov 2026, 09:00 UTC)',
    );
    expect(jsonItem?._sitrep).toMatchObject({ copyOf: null, cluster: { id: event } });
    expect(jsonItem?._sitrep.copies.map(({ id, url }) => [id, url])).toEqual([
      [storyId(4), 'https://harbour.example/story/4'],
      [storyId(3), null],
    ]);
    expect(jsonItem?._sitrep.cluster).not.toHaveProperty('members');
  });

  it('lists the members of its event under collapse=cluster, with the titles they have', async () => {
    const { rss, atom, json } = await feedsOf([...withCopies(copyOf(4)), followUp], '?collapse=cluster');
    expect([rss.length, json.length]).toEqual([1, 1]);
    expect(rss[0] && textOf(rss[0], 'description')).toContain(
      '<li><a href="https://harbour.example/story/5">Ministry</a>: Frigate &lt;i&gt;arrives&lt;/i&gt; (22 Nov 2026, 07:00 UTC)</li>' +
        '<li><a href="https://harbour.example/story/4">Ministry</a> (22 Nov 2026, 08:00 UTC)</li>',
    );
    const [entry] = all(atom, 'entry');
    expect(entry && all(entry, 'link').map(({ attributes }) => attributes.get('title'))).toEqual([
      undefined,
      'Ministry: Frigate <i>arrives</i>',
      'Ministry',
    ]);
    const cluster = json[0]?._sitrep.cluster;
    expect([cluster?.id, cluster?.total]).toEqual([event, 3]);
    expect(cluster?.members?.map(({ id, copyOf: of }) => [id, of])).toEqual([
      [storyId(5), null],
      [storyId(4), storyId(9)],
    ]);
  });

  it('names eight and counts the others', async () => {
    const copies = Array.from({ length: 13 }, (_, n) => copyOf(n / 10, { id: storyId(200 + n) })).sort(
      byFirstSight,
    );
    const { rss, json } = await feedsOf(withCopies(...copies), '?collapse=cluster');
    const text = rss[0] && textOf(rss[0], 'description');
    expect(text?.match(/<li>/g)).toHaveLength(9);
    expect(text).toContain('<li>and 5 more</li>');
    expect(json[0]?.content_text).toMatch(/- and 5 more$/);
    expect(json[0]?._sitrep.cluster).toMatchObject({ total: 14 });
    expect(json[0]?._sitrep.cluster?.members).toHaveLength(8);
  });

  it('stands alone, and its copies too, under collapse=none', async () => {
    const { rss, json } = await feedsOf(withCopies(copyOf(4)), '?collapse=none');
    expect(rss.map((item) => textOf(item, 'description'))).toEqual([
      'Summary of story 9.',
      'Summary of story 9.',
    ]);
    expect(json.map(({ _sitrep }) => _sitrep.copyOf)).toEqual([storyId(9), null]);
  });

  it('is announced once: while the list grows, nothing changes that readers tell items apart by', async () => {
    const copies = [4, 3, 2].map((n) => copyOf(n));
    const steps = [0, 1, 2, 3].map((count) => withCopies(...copies.slice(0, count)));
    const kept = new Set<string>();
    const [builds, updates, tags, texts] = [new Set(), new Set(), new Set(), new Set()];
    for (const stories of steps) {
      const { channel, rss, atom, json, etags } = await feedsOf(stories);
      const [item, [entry], [jsonItem]] = [rss[0], all(atom, 'entry'), json];
      if (item === undefined || entry === undefined) throw new Error('Expected an item, got none');
      kept.add(
        JSON.stringify([
          ...['guid', 'pubDate', 'title', 'link', 'source'].map((name) => textOf(item, name)),
          ...['id', 'published', 'updated', 'title'].map((name) => textOf(entry, name)),
          [jsonItem?.id, jsonItem?.date_published, jsonItem?.date_modified],
        ]),
      );
      builds.add(textOf(channel, 'lastBuildDate'));
      updates.add(textOf(atom, 'updated'));
      tags.add(etags.join());
      texts.add(textOf(item, 'description'));
    }
    expect(kept.size).toBe(1);
    expect([builds.size, updates.size, tags.size, texts.size]).toEqual([4, 4, 4, 4]);
  });

  it('gives the same list in every format whatever the other reports are called', async () => {
    const others = hostileTexts.map((title, n) => ({
      ...followUp,
      id: storyId(300 + n),
      title,
      url: `https://mod.example/?q=${title}`,
    }));
    for (const other of others) {
      const { rss, atom, json } = await feedsOf([original, other], '?collapse=cluster');
      const [entry] = all(atom, 'entry');
      const links = linksIn(rss[0] && textOf(rss[0], 'description'));
      expect(links).toHaveLength(1);
      expect(linksIn(entry && textOf(entry, 'summary'))).toEqual(links);
      expect(related(entry)).toEqual(links);
      expect(json[0]?._sitrep.cluster?.members?.map(({ url }) => url)).toEqual(links);
      expect(json[0]?.content_text.split('\n')).toHaveLength(4);
    }
  });

  it('keeps feeds within their bound however long the lists are', async () => {
    const url = `https://mod.example/?${'&'.repeat(900)}`;
    const copies = Array.from({ length: 8 }, (_, n) => ({ ...copyReference(copyOf(n + 1)), url }));
    const stories = Array.from({ length: 60 }, (_, n) => storyOf({ n, copies }));
    const { get } = serveFixture(stories);
    for (const format of ['rss', 'atom', 'json']) {
      const text = await (await get(`/feed.${format}?limit=60`)).text();
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(256 * 1_024);
    }
  });

  it('is not told again in the archive of the month after', async () => {
    const at = (time: string) => ({ published: time, updated: time, firstSeen: time, sortTime: time });
    const september = { ...original, ...at('2026-09-30T22:00:00.000Z') };
    const october = { ...copyOf(4), ...at('2026-10-01T01:00:00.000Z') };
    const copy = { ...october, original: originalReference(october, september) };
    const { get } = serveFixture([september, copy]);
    const ids = async (path: string) => {
      const feed: { readonly items: readonly Item[] } = JSON.parse(await (await get(path)).text());
      return feed.items.map(({ id }) => id.slice(-storyId(0).length));
    };
    expect(await ids('/archive/2026-09/feed.json')).toEqual([storyId(9)]);
    for (const query of ['', '?collapse=cluster'])
      expect(await ids(`/archive/2026-10/feed.json${query}`)).toEqual([]);
    expect(await ids('/archive/2026-10/feed.json?collapse=none')).toEqual([storyId(4)]);
    expect(await ids('/feed.json?since=2026-10-01')).toEqual([storyId(4)]);
  });
});
