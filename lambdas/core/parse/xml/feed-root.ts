import { absoluteLink } from '../absolute-link.ts';
import type { ParseProblems } from '../parse-problems.ts';
import type { Attributes } from './attributes.ts';
import type { CollectedFeed, RefusedFeed } from './drafts.ts';

/** Format of the feed that an element of this canonical name begins; null when it begins none that we read. */
export function rootFormat(name: string, attributes: Attributes): CollectedFeed['format'] | null {
  if (name === 'rss') return 'rss';
  if (name === 'rdf:rdf' || name === '?:rdf' || name === 'rdf') return 'rdf';
  if (name === 'feed' || name === 'entry') return 'atom';
  // A channel with an address of its own is CDF, a format of 1997 that we do not read.
  return name === 'channel' && !attributes.has('href') ? 'rss' : null;
}

/** RSS 1.0 names an item by `rdf:about`, under whatever prefix RDF has; '' when it does not. */
export function aboutAddress(attributes: Attributes): string {
  for (const [name, value] of attributes) if (/(?:^|:)about$/.test(name)) return value.trim();
  return '';
}

// An entry has a base of its own and its content another one; more are an attack, since each is resolved.
const basesMax = 10_000;

/** Resolves the xml:base of elements, each pair of bases once: most elements of a feed repeat the same few. */
export class Bases {
  readonly #known = new Map<string | null, Map<string, string | null>>();
  readonly #problems: ParseProblems;
  #count = 0;

  constructor(problems: ParseProblems) {
    this.#problems = problems;
  }

  /** The base address inside an element with these attributes; an xml:base that is no http(s) address is ignored. */
  within(outer: string | null, attributes: Attributes): string | null {
    const own = attributes.get('xml:base');
    if (own === undefined) return outer;
    const base = this.#resolved(outer, own);
    if (base === null) this.#problems.add('bad-base', 'Ignored an xml:base that is no http(s) address.');
    return base ?? outer;
  }

  #resolved(outer: string | null, own: string): string | null {
    const inOuter = this.#known.get(outer) ?? new Map<string, string | null>();
    const known = inOuter.get(own);
    if (known !== undefined || this.#count >= basesMax) return known ?? null;
    this.#count += 1;
    const base = absoluteLink(own, outer);
    this.#known.set(outer, inOuter.set(own, base));
    return base;
  }
}

const pageElements = new Set([
  'html',
  'head',
  'body',
  'div',
  'p',
  'script',
  'style',
  'meta',
  'title',
  'h1',
  'center',
]);

/** Feeds named by one page that are worth proposing. */
const feedLinksMax = 10;

const feedTypes = /^application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\b/i;

/** Adds the feed that a `link` element of a web page names, as an absolute address. Source: RSS autodiscovery. */
export function noteFeedLink(links: string[], attributes: Attributes, base: string | null): void {
  const isAlternate = /(?:^|\s)alternate(?:$|\s)/i.test(attributes.get('rel') ?? '');
  if (!isAlternate || !feedTypes.test(attributes.get('type') ?? '')) return;
  const link = absoluteLink(attributes.get('href') ?? '', base);
  if (link !== null && links.length < feedLinksMax && !links.includes(link)) links.push(link);
}

/** What a document is that holds no feed, told by its first element (null: it has none) and the feeds it links to. */
export function refusalOf(firstElement: string | null, feedLinks: readonly string[]): RefusedFeed {
  if (firstElement === null) {
    return { code: 'not-a-feed', message: 'Expected a feed, got text without any markup.' };
  }
  const named = feedLinks.length === 0 ? {} : { feedLinks };
  if (pageElements.has(firstElement)) {
    const hint = feedLinks.length === 0 ? '' : ` It names a feed: ${feedLinks[0]}`;
    return { code: 'html', message: `Expected a feed, got an HTML page.${hint}`, ...named };
  }
  const kind = firstElement.slice(0, 40);
  return { code: 'not-a-feed', message: `Expected a feed, got a document of kind <${kind}>.` };
}
