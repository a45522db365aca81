import type { Catalogue } from '../words/feed.ts';
import { type MarkupTag, markupTags } from './markup-tags.ts';
import { OpmlFeedList, type OpmlNote } from './opml-feed-list.ts';
import { xmlText } from './xml-characters.ts';

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

/**
 * The feeds of a list. `refused` names rows that were left out (the first hundred of `refusedCount`), `repaired` rows that
 * are no XML and could be read; `repeats` counts rows whose address the list has already. Not ok: why the file is refused,
 * as `line path: message`.
 */
export type OpmlReading =
  | {
      readonly ok: true;
      readonly catalogue: Catalogue;
      readonly refused: readonly OpmlNote[];
      readonly refusedCount: number;
      readonly repaired: readonly OpmlNote[];
      readonly repeats: number;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Bounds of an imported list: those of a catalogue, and more folders than any reader makes. */
export const opmlLimits = { bytesMax: 5_000_000, feedsMax: 20_000, depthMax: 32 } as const;

/**
 * Reads a list of feeds. Every outline with an `xmlUrl` is a feed, whatever its `type`; folders are flattened; an
 * address that was listed before is merged. Ids come from titles, or else from addresses; each host is one source;
 * OPML knows neither kind nor country, so these are `general` and `INT`, and the language is English unless given.
 * A row that cannot be used costs only itself. A file is refused, with the line, when it is over a bound, has no `opml`
 * element, or is damaged so that feeds may be missing: it ends early, a quote or tag is not closed, outlines do not pair.
 * Never throws. Source: OPML 2.0, http://opml.org/spec2.opml.
 */
export function readOpml(text: string): OpmlReading {
  const bytes = Buffer.byteLength(text);
  if (bytes > opmlLimits.bytesMax)
    return refused(`1 file: expected at most ${opmlLimits.bytesMax} bytes, got ${bytes}`);
  const list = new OpmlFeedList();
  const structure = new OpmlStructure();
  for (const tag of markupTags(text)) {
    const problem = structure.take(tag);
    if (problem !== null) return refused(problem);
    if (tag.name === 'outline' && tag.kind !== 'close') list.add(tag);
    if (list.feeds.size > opmlLimits.feedsMax)
      return refused(`${tag.line} outline: expected at most ${opmlLimits.feedsMax} feeds`);
  }
  const problem = structure.end(text);
  if (problem !== null) return refused(problem);
  const catalogue = { sources: [...list.sources.values()], feeds: [...list.feeds.values()] };
  const { refused: rows, refusedCount, repaired, repeats } = list;
  return { ok: true, catalogue, refused: rows, refusedCount, repaired, repeats };
}

/** Follows what is open, to tell a whole document from a damaged one. */
class OpmlStructure {
  /** Line of the opml element; null before it. */
  #opmlLine: number | null = null;
  #closed = false;
  /** Lines of the outlines that are open. */
  readonly #open: number[] = [];

  /** What makes the document useless from this tag on; null when nothing does. */
  take({ name, kind, line, fault }: MarkupTag): string | null {
    if (kind === 'cut') return this.#opmlLine === null ? noOpml : `${line} ${name}: ${cutOff}`;
    if (name === 'opml') {
      if (kind !== 'close') this.#opmlLine ??= line;
      if (kind !== 'open') this.#closed = true;
    }
    if (fault !== null && this.#opmlLine !== null) return `${line} ${name}: ${fault}`;
    if (name === 'outline') return this.#takeOutline(kind, line);
    const ends = kind === 'close' && (name === 'body' || name === 'opml');
    return ends ? this.#unclosed() : null;
  }

  /** What is wrong when the document ends here. */
  end(text: string): string | null {
    if (this.#opmlLine === null) return noOpml;
    const lastLine = text.trimEnd().split('\n').length;
    return this.#unclosed() ?? (this.#closed ? null : `${lastLine} opml: ${cutOff}`);
  }

  #takeOutline(kind: MarkupTag['kind'], line: number): string | null {
    if (kind === 'open') this.#open.push(line);
    if (kind === 'close' && this.#open.pop() === undefined)
      return `${line} outline: expected no </outline>, got one that closes nothing`;
    return this.#open.length > opmlLimits.depthMax
      ? `${line} outline: expected at most ${opmlLimits.depthMax} folders inside each other`
      : null;
  }

  #unclosed(): string | null {
    const line = this.#open.at(-1);
    return line === undefined ? null : `${line} outline: expected </outline>, got none`;
  }
}

const noOpml = '1 file: expected an OPML document, got no opml element';
const cutOff = 'expected its end, got the end of the file; the list is cut off';

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

function refused(problem: string): OpmlReading {
  return { ok: false, problems: [problem] };
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
