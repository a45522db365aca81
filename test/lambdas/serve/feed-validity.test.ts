import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Story } from '../../../lambdas/core/words/story.ts';
import { hostileStories } from '../../support/feed-fixture.ts';
import { atomFaults, jsonFeedFaults, rssFaults } from '../../support/feed-rules.ts';
import { all, parseXml, textOf } from '../../support/parse-xml.ts';
import { serveFixture, storyId, storyOf, wire } from '../../support/serve-fixture.ts';

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint) process.stderr.write('feeds are not checked with xmllint: it is not on this machine\n');
const atomSchema = path.resolve(import.meta.dirname, '../../support/atom.rng');

/** A wire on which every filter finds something, with stories from which little or too much is known. */
const stories: readonly Story[] = [
  ...wire,
  ...hostileStories.map((story, at) => ({ ...story, id: storyId(500 + at), ...timesOf(at + 40) })),
  storyOf({ n: 60, url: null, summary: '', topics: ['sea.mines'], countries: ['AU', 'GB'] }),
  storyOf({ n: 61, title: ' \u200b ', topics: ['air.drones'], countries: ['FI'], authors: [' ', ''] }),
  storyOf({
    n: 62,
    topics: ['sea.submarines'],
    copies: [
      {
        id: storyId(900),
        source: 'mod-fi',
        url: 'https://mod.example/copy',
        published: '2026-11-20T00:00:00.000Z',
      },
    ],
  }),
  ...Array.from({ length: 80 }, (_, n) =>
    storyOf({ n: 24 * (n + 3), topics: ['sea.mines'], countries: ['AU'] }),
  ),
];

function timesOf(hours: number) {
  const { published, updated, firstSeen, sortTime } = storyOf({ n: hours });
  return { published, updated, firstSeen, sortTime };
}

/** Filters of every kind, the whole wire, one that finds nothing and two archived months; in canonical order. */
const addresses = [
  '/feed',
  '/feed?topic=sea&limit=200',
  '/feed?topic=air.drones,sea.submarines&country=-AU',
  '/feed?country=FI&country=SE',
  '/feed?org=Lockheed%20Martin&system=F-35',
  '/feed?source=mod-fi&lang=fi&kind=official',
  '/feed?q=%22mine%20hunter%22%20-drone',
  '/feed?q=%3Cscript%3E&limit=3',
  '/feed?since=2026-10-01&until=2026-11-20T12:00Z&limit=7',
  '/topics/sea.mines?collapse=cluster',
  '/feed?country=TV',
  '/archive/2026-10/feed?topic=sea',
  '/archive/2026-09/topics/sea.mines',
];
const formats = [
  ['rss', rssFaults, /^application\/rss\+xml; charset=utf-8$/],
  ['atom', atomFaults, /^application\/atom\+xml; charset=utf-8$/],
  ['json', jsonFeedFaults, /^application\/feed\+json; charset=utf-8$/],
] as const;

const inFormat = (address: string, format: string) => address.replace(/(?=\?|$)/, `.${format}`);
const { get } = serveFixture(stories);

function xmllint(text: string, args: readonly string[]): string {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...args, '-'], {
    input: text,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

describe.each(addresses)('%s', (address) => {
  it.each(formats)('is a valid feed as .%s', async (format, faultsOf, mediaType) => {
    const target = inFormat(address, format);
    const response = await get(target);
    expect(response.headers.get('content-type')).toMatch(mediaType);
    const text = await response.text();
    expect(faultsOf(text, `https://wire.example${target}`)).toEqual([]);
    if (hasXmllint && format === 'rss') expect(xmllint(text, [])).toBe('');
    if (hasXmllint && format === 'atom') expect(xmllint(text, ['--relaxng', atomSchema])).toBe('');
  });

  it('lists the same items in the same order in every format and on its page', async () => {
    const read = async (format: string, headers: Record<string, string> = {}) =>
      (await get(inFormat(address, format), headers)).text();
    const rss = all(parseXml(await read('rss')), 'channel').flatMap((channel) => all(channel, 'item'));
    const atom = all(parseXml(await read('atom')), 'entry');
    const json: { items: { id: string; title: string }[] } = JSON.parse(await read('json'));
    const ids = json.items.map(({ id }) => id);
    expect(rss.map((item) => textOf(item, 'guid'))).toEqual(ids);
    expect(atom.map((entry) => textOf(entry, 'id'))).toEqual(ids);
    const page = await read('rss', { accept: 'text/html' });
    expect(page.match(/<h2>/g)?.length ?? 0).toBe(ids.length);
  });
});

describe('the rules', () => {
  it('find what is wrong with a feed', async () => {
    const rss = await (await get('/feed.rss')).text();
    const atom = await (await get('/feed.atom')).text();
    const json = await (await get('/feed.json')).text();
    const at = (format: string) => `https://wire.example/feed.${format}`;
    const wrong = [
      rssFaults(rss.replace(/<guid.*/, ''), at('rss')),
      rssFaults(rss.replace(/<pubDate>.*/, '<pubDate>2026-11-22</pubDate>'), at('rss')),
      rssFaults(rss.replace('Sun, 22', 'Mon, 22'), at('rss')),
      rssFaults(rss, at('atom')),
      rssFaults(rss.replace('isPermaLink="false"', ''), at('rss')),
      atomFaults(atom.replace(/<updated>.*/, ''), at('atom')),
      atomFaults(atom.replace('rel="self"', 'rel="via"'), at('atom')),
      atomFaults(atom.replaceAll(/<author>\n.*\n<\/author>\n/g, ''), at('atom')),
      jsonFeedFaults(json.replace('"title":"Sitrep",', ''), at('json')),
      jsonFeedFaults(json.replaceAll('"id":"urn', '"uid":"urn'), at('json')),
    ];
    expect(wrong.filter((faults) => faults.length === 0)).toEqual([]);
    if (hasXmllint) {
      expect(xmllint(atom.replace('<id>', '<id x="">'), ['--relaxng', atomSchema])).toContain(
        'fails to validate',
      );
    }
  });
});
