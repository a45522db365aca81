import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { readYamlDocument } from '../../lambdas/core/catalogue/yaml-document.ts';
import { loadSampleWire } from '../../lambdas/adapters/local/sample/load-sample-wire.ts';
import { renderSampleFeed } from '../../lambdas/adapters/local/sample/render-sample-feed.ts';
import type { SampleFeed, SampleStory } from '../../lambdas/adapters/local/sample/sample-wire.ts';

const directory = 'data/sample';
const wire = loadSampleWire(directory);
const epochMs = Date.UTC(2026, 10, 23, 12);
const minuteMs = 60_000;
const live = wire.stories.filter(({ at }) => at > 0);
const moments = [0, 0.5, 6, 12, 21, 60, 200].map((at) => ({ epochMs, nowMs: epochMs + at * minuteMs }));
const own = wire.stories.filter(({ copyOf }) => copyOf === null);

const domains =
  'conflict policy budget acquisition industry air land sea weapons strategic space tech people'.split(' ');
const topicsPerDomain = [12, 8, 3, 6, 5, 5, 4, 7, 6, 3, 2, 7, 9];

function textOf(feed: SampleFeed, moment: { epochMs: number; nowMs: number }): string {
  const body = renderSampleFeed(wire, feed.id, moment)?.body ?? new Uint8Array();
  return Buffer.from(body).toString(feed.encoding === 'utf-8' ? 'utf8' : 'latin1');
}

/** Item elements of a well-formed document; throws where XML ends to be well-formed. */
function itemsOf(xml: string): number {
  let items = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'item' || name === 'entry') items += 1;
  });
  parser.write(xml).close();
  return items;
}

function textsOf(story: SampleStory): string[] {
  const edits = story.edits.flatMap(({ title, summary }) => [title, summary]);
  return [story.title, story.summary, story.content, ...edits].filter((text) => text !== null);
}

function sourcesByEvent(): Map<string, Set<string>> {
  const events = new Map<string, Set<string>>();
  for (const { event, source } of own) {
    if (event !== null) events.set(event, (events.get(event) ?? new Set()).add(source));
  }
  return events;
}

describe('the sample wire', () => {
  it('has enough sources, feeds and stories to look like a newsroom', () => {
    expect(wire.sources.length).toBeGreaterThanOrEqual(7);
    expect(wire.feeds.length).toBeGreaterThanOrEqual(10);
    expect(wire.stories.length).toBeGreaterThanOrEqual(160);
    expect(wire.stories.length - live.length).toBeGreaterThanOrEqual(120);
    expect(live.length).toBeGreaterThanOrEqual(45);
  });

  it('covers every kind of source and every format', () => {
    expect(new Set(wire.sources.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(wire.feeds.map(({ format }) => format)).size).toBe(4);
    expect(new Set(wire.feeds.map(({ validators }) => validators)).size).toBe(4);
  });

  it('has a story whose first topic it is for each of the 77 topics of 13 domains', () => {
    const primary = new Set(own.flatMap(({ topics }) => topics.slice(0, 1)));
    const counts = domains.map((name) => [...primary].filter((topic) => topic.startsWith(`${name}.`)).length);
    expect(counts).toEqual(topicsPerDomain);
    expect(primary.size).toBe(77);
  });

  it('labels stories only with topics the taxonomy has', () => {
    const file = 'data/topics.yaml';
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const topic of text === '' ? [] : new Set(own.flatMap(({ topics }) => topics))) {
      expect(text).toContain(topic.slice(topic.indexOf('.') + 1));
    }
    const all = new Set(wire.stories.flatMap(({ topics }) => topics));
    expect(all.size).toBe(77);
  });

  it('shows something new within a minute and then at least every minute for twenty', () => {
    const times = live.map(({ at }) => at).sort((a, b) => a - b);
    expect(times[0]).toBeLessThan(1);
    const early = [0, ...times.filter((at) => at <= 21)];
    expect(early.length).toBeGreaterThanOrEqual(30);
    for (const [index, at] of early.slice(1).entries()) expect(at - (early[index] ?? 0)).toBeLessThan(1.6);
    expect(times.at(-1)).toBeGreaterThanOrEqual(120);
  });

  it('spreads history over five days, with something from the last hour', () => {
    const days = new Set(wire.stories.filter(({ at }) => at <= 0).map(({ at }) => Math.floor(-at / 1_440)));
    expect([...days].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(wire.stories.some(({ at }) => at <= 0 && at > -60)).toBe(true);
  });

  it('tells at least twelve events by two or more outlets, and never twice in the same words', () => {
    const shared = [...sourcesByEvent().values()].filter((sources) => sources.size > 1);
    expect(shared.length).toBeGreaterThanOrEqual(12);
    const summaries = own.map(({ summary }) => summary).filter((summary) => summary !== '');
    expect(new Set(summaries).size).toBe(summaries.length);
  });

  it('has releases and wire copy carried with the same text by other sources', () => {
    const copies = wire.stories.filter(({ copyOf }) => copyOf !== null);
    expect(copies.length).toBeGreaterThanOrEqual(6);
    for (const copy of copies) {
      const original = wire.stories.find(({ id }) => id === copy.copyOf);
      expect(original?.source).not.toBe(copy.source);
      expect(copy.summary.startsWith(original?.summary ?? '?')).toBe(true);
      expect(copy.at).toBeGreaterThan(original?.at ?? 0);
    }
  });

  it('has the awkward entries: no date, a future date, no guid, no summary, several authors and categories', () => {
    const has = (claim: (story: SampleStory) => boolean) => wire.stories.some(claim);
    expect(has(({ dateShiftMinutes }) => dateShiftMinutes === null)).toBe(true);
    expect(has(({ dateShiftMinutes }) => (dateShiftMinutes ?? 0) > 600)).toBe(true);
    expect(has(({ hasGuid }) => !hasGuid)).toBe(true);
    expect(has(({ summary }) => summary === '')).toBe(true);
    expect(has(({ authors }) => authors.length > 1)).toBe(true);
    expect(has(({ categories }) => categories.length > 1)).toBe(true);
    expect(has(({ markup }) => markup)).toBe(true);
    expect(has(({ feeds }) => feeds.length > 1)).toBe(true);
    expect(wire.stories.filter(({ topics }) => topics.length === 0).length).toBeGreaterThanOrEqual(10);
    expect(wire.stories.filter(({ edits }) => edits.length > 0).length).toBeGreaterThanOrEqual(6);
  });

  it('names no weekday, because the wire may start on any day', () => {
    const weekday = /\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/;
    expect(wire.stories.flatMap(textsOf).filter((text) => weekday.test(text))).toEqual([]);
  });

  it('shares no sentence longer than 60 characters with the labelled news of others', () => {
    const foreign = foreignText('../shared/eval');
    const sentences = wire.stories
      .flatMap(textsOf)
      .flatMap((text) => [text, ...text.split(/(?<=[.?!]) /)])
      .filter((sentence) => sentence.length > 60);
    expect(sentences.length).toBeGreaterThan(200);
    expect(sentences.filter((sentence) => foreign.includes(sentence))).toEqual([]);
  });
});

/** All text below a folder that may not be there: files as they are, and the strings of JSON lines without escapes. */
function foreignText(folder: string): string {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files
    .map(({ name, parentPath }) => {
      const text = readFileSync(join(parentPath, name), 'utf8');
      if (!name.endsWith('.jsonl')) return text;
      const records = text.split('\n').filter((line) => line !== '');
      return records.map((line) => stringsOf(JSON.parse(line)).join('\n')).join('\n');
    })
    .join('\n');
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describe('every sample feed', () => {
  const xmlFeeds = wire.feeds.filter(({ format }) => format !== 'json');

  it.each(xmlFeeds.filter(({ malformed }) => !malformed))('$id is well-formed XML at any moment', (feed) => {
    for (const moment of moments) {
      const items = itemsOf(textOf(feed, moment));
      expect(items).toBeGreaterThan(0);
      expect(items).toBeLessThanOrEqual(40);
    }
  });

  it('has one that is not well-formed: a bare ampersand, a stray < and an unclosed tag', () => {
    const broken = xmlFeeds.filter(({ malformed }) => malformed);
    expect(broken.length).toBe(1);
    for (const feed of broken) {
      const text = textOf(feed, { epochMs, nowMs: epochMs });
      expect(() => itemsOf(text)).toThrow();
      expect(text).toMatch(/ & /);
      expect(text).toMatch(/ < \d/);
      expect(text).toMatch(/<br>/);
      expect(text).not.toMatch(/<\/br>/);
    }
  });

  it('has JSON feeds that name their version and give every item an id and text', () => {
    for (const feed of wire.feeds.filter(({ format }) => format === 'json')) {
      for (const moment of moments) {
        const document: unknown = JSON.parse(textOf(feed, moment));
        expect(document).toMatchObject({
          version: 'https://jsonfeed.org/version/1.1',
          items: expect.any(Array),
        });
        expect(JSON.stringify(document)).not.toMatch(/"(topics|event|copyOf)":/);
      }
    }
  });

  it('repeats no guid and no link within one document', () => {
    for (const feed of wire.feeds) {
      const stories = wire.stories.filter(({ feeds }) => feeds.includes(feed.id));
      expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
    }
    for (const feed of xmlFeeds) {
      const text = textOf(feed, { epochMs, nowMs: epochMs + 200 * minuteMs });
      const ids = [...text.matchAll(/<(?:guid[^>]*|id)>([^<]+)</g)].map(([, guid]) => guid);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('never says a port or a loopback address, so guids and links survive a restart', () => {
    for (const feed of wire.feeds) {
      for (const moment of moments) expect(textOf(feed, moment)).not.toMatch(/127\.0\.0\.1|localhost/);
    }
  });

  it('writes windows-1252 as single bytes that are not UTF-8', () => {
    const feed = wire.feeds.find(({ encoding }) => encoding === 'windows-1252');
    const body =
      renderSampleFeed(wire, feed?.id ?? '', { epochMs, nowMs: epochMs })?.body ?? new Uint8Array();
    for (const byte of [0x80, 0x92, 0x9c, 0x97, 0xe9]) expect(body.includes(byte)).toBe(true);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
    expect(Buffer.from(body).toString('latin1')).toContain('encoding="windows-1252"');
  });

  it('has a checked source file that a plain YAML reader reads too', () => {
    for (const name of readdirSync(join(directory, 'stories'))) {
      const text = readFileSync(join(directory, 'stories', name), 'utf8');
      expect(readYamlDocument({ text, fileName: name, bytesMax: 1_000_000 }).ok).toBe(true);
    }
  });
});
