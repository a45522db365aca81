import { internationalCode } from '../words/country-codes.ts';
import type { Catalogue, Feed, Source } from '../words/feed.ts';
import { feedUrlLengthMax, isFeedAddress } from './feed-address.ts';
import { isLanguageTag } from '../words/language-codes.ts';
import { opmlTags } from './opml-scan.ts';
import type { OpmlTag } from './opml-scan.ts';

/** A feed list entry or a folder of them. */
export type OpmlOutline =
  | { readonly text: string; readonly children: readonly OpmlOutline[] }
  | { readonly text: string; readonly xmlUrl: string; readonly htmlUrl?: string; readonly language?: string };

/** What an OPML document says; `dateCreated` is an ISO 8601 time. */
export interface OpmlDocument {
  readonly title: string;
  readonly dateCreated: string;
  readonly outlines: readonly OpmlOutline[];
}

/** The feeds of a list; `problems` names each row that was left out, as `line path: message`. */
export type OpmlReading =
  | { readonly ok: true; readonly catalogue: Catalogue; readonly problems: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Bounds of an imported list: those of a catalogue, and more folders than any reader makes. */
export const opmlLimits = { bytesMax: 5_000_000, feedsMax: 20_000, depthMax: 32, problemsMax: 100 } as const;

/**
 * Reads a list of feeds. Every outline with an `xmlUrl` is a feed, whatever its `type`; folders are flattened; an
 * address that was listed before is merged. Ids come from titles, or else from addresses; each host is one source;
 * OPML knows neither kind nor country, so these are `general` and `INT`, and the language is English unless given.
 * A row that cannot be used is a problem and costs only itself; a file over a bound or without an `opml` element
 * is refused. Never throws. Source: OPML 2.0, http://opml.org/spec2.opml.
 */
export function readOpml(text: string): OpmlReading {
  const bytes = Buffer.byteLength(text);
  if (bytes > opmlLimits.bytesMax)
    return refused(`1 file: expected at most ${opmlLimits.bytesMax} bytes, got ${bytes}`);
  const list = new FeedList();
  let depth = 0;
  let isOpml = false;
  for (const tag of opmlTags(text)) {
    if (tag.name === 'opml' && tag.kind !== 'close') isOpml = true;
    if (tag.name !== 'outline') continue;
    depth += { open: 1, close: -1, empty: 0 }[tag.kind];
    if (depth > opmlLimits.depthMax)
      return refused(
        `${tag.line} outline: expected at most ${opmlLimits.depthMax} folders inside each other`,
      );
    if (tag.kind !== 'close') list.add(tag);
    if (list.feeds.size > opmlLimits.feedsMax)
      return refused(`${tag.line} outline: expected at most ${opmlLimits.feedsMax} feeds`);
  }
  if (!isOpml) return refused('1 file: expected an OPML document, got no opml element');
  const catalogue = { sources: [...list.sources.values()], feeds: [...list.feeds.values()] };
  return { ok: true, catalogue, problems: list.problems };
}

/** An OPML 2.0 document. Characters that XML cannot carry are left out. Source: OPML 2.0; XML 1.0 §2.2. */
export function renderOpml(document: OpmlDocument): string {
  const created = new Date(document.dateCreated);
  const date = Number.isNaN(created.getTime()) ? '' : created.toUTCString();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escapeXml(document.title)}</title>`,
    ...(date === '' ? [] : [`    <dateCreated>${date}</dateCreated>`]),
    '  </head>',
    '  <body>',
    ...document.outlines.flatMap((outline) => renderOutline(outline, '    ')),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

/** The list we publish: our own topic feeds, and the feeds of the catalogue, in a folder each. */
export function opmlOfCatalogue(
  catalogue: Catalogue,
  about: {
    readonly topicFeeds: readonly { readonly title: string; readonly url: string }[];
    readonly title: string;
    readonly dateCreated: string;
  },
): OpmlDocument {
  const homes = new Map(catalogue.sources.map((source) => [source.id, source.url]));
  const topicOutlines = about.topicFeeds.map(({ title, url }) => ({ text: title, xmlUrl: url }));
  const feedOutlines = catalogue.feeds.map((feed) => {
    const htmlUrl = homes.get(feed.source);
    const { title: text, url: xmlUrl, language } = feed;
    return htmlUrl === undefined ? { text, xmlUrl, language } : { text, xmlUrl, language, htmlUrl };
  });
  const folders = [
    { text: 'Topics', children: topicOutlines },
    { text: 'Sources', children: feedOutlines },
  ];
  return {
    title: about.title,
    dateCreated: about.dateCreated,
    outlines: folders.filter((folder) => folder.children.length > 0),
  };
}

/** Feeds and sources as they are met; ids stay unique. */
class FeedList {
  readonly feeds = new Map<string, Feed>();
  readonly sources = new Map<string, Source>();
  readonly problems: string[] = [];
  readonly #ids = new Map<string, number>();

  add(tag: OpmlTag): void {
    const address = tag.attributes.get('xmlurl')?.trim();
    if (address === undefined || address === '') {
      if (isFeedRow(tag)) this.#reject(tag, 'expected an xmlUrl, got nothing');
      return;
    }
    if (address.length > feedUrlLengthMax || !isFeedAddress(address)) {
      const got = JSON.stringify(address.slice(0, 80));
      this.#reject(tag, `expected an http or https address without user and password, got ${got}`);
      return;
    }
    const url = new URL(address).href;
    if (this.feeds.has(url)) return;
    const title = titleOf(tag) ?? new URL(url).hostname;
    const source = this.#source(url, tag);
    const language = tag.attributes.get('language') ?? '';
    this.feeds.set(url, {
      id: this.#freshId(slug(title) || slug(url.replace(/^https?:\/\/(?:www\.)?/, ''))),
      url,
      title,
      source: source.id,
      country: internationalCode,
      language: isLanguageTag(language) ? language : 'en',
      kind: 'general',
    });
  }

  #source(url: string, tag: OpmlTag): Source {
    const { host, origin } = new URL(url);
    const known = this.sources.get(host);
    if (known !== undefined) return known;
    const home = tag.attributes.get('htmlurl')?.trim() ?? '';
    const name = host.replace(/^www\./, '');
    const source: Source = {
      id: this.#freshId(`site-${slug(name) || 'unnamed'}`),
      title: name,
      url: isFeedAddress(home) && home.length <= feedUrlLengthMax ? home : `${origin}/`,
      country: internationalCode,
      kind: 'general',
    };
    this.sources.set(host, source);
    return source;
  }

  #freshId(wanted: string): string {
    const base = wanted === '' ? 'feed' : wanted;
    let count = this.#ids.get(base) ?? 0;
    let candidate = count === 0 ? base : `${base}-${count + 1}`;
    // A title may itself end in a number that an earlier row was given.
    while (count > 0 && this.#ids.has(candidate)) {
      count += 1;
      candidate = `${base}-${count + 1}`;
    }
    this.#ids.set(base, count + 1);
    if (candidate !== base) this.#ids.set(candidate, 1);
    return candidate;
  }

  #reject(tag: OpmlTag, message: string): void {
    if (this.problems.length < opmlLimits.problemsMax) this.problems.push(`${tag.line} outline: ${message}`);
  }
}

function refused(problem: string): OpmlReading {
  return { ok: false, problems: [problem] };
}

function isFeedRow(tag: OpmlTag): boolean {
  return tag.attributes.has('xmlurl') || /^(?:rss|atom)$/i.test(tag.attributes.get('type') ?? '');
}

function titleOf(tag: OpmlTag): string | null {
  for (const name of ['title', 'text']) {
    const text = xmlText(tag.attributes.get(name) ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (text !== '') return [...text].slice(0, 300).join('');
  }
  return null;
}

/** Lower-case ASCII words joined by hyphens, at most 48 characters so that a number still fits behind. */
function slug(text: string): string {
  const plain = text.slice(0, 400).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-|-$/g, '');
}

function renderOutline(outline: OpmlOutline, indent: string): string[] {
  if ('children' in outline)
    return [
      `${indent}<outline text="${escapeXml(outline.text)}">`,
      ...outline.children.flatMap((child) => renderOutline(child, `${indent}  `)),
      `${indent}</outline>`,
    ];
  const attributes = [
    ['text', outline.text],
    ['type', 'rss'],
    ['xmlUrl', outline.xmlUrl],
    ['htmlUrl', outline.htmlUrl],
    ['language', outline.language],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${escapeXml(value)}"`]));
  return [`${indent}<outline ${attributes.join(' ')}/>`];
}

/** The text without what XML 1.0 §2.2 forbids: control characters, lone surrogates and the two noncharacters. */
function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return xmlText(text)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/[\t\n\r]/g, ' ');
}
