import { feedLinks } from '../../check/feed-links.ts';
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

/** What a document is that holds no feed, told by its first element (null: it has none) and the feeds that a page names. */
export function refusalOf(
  firstElement: string | null,
  { text, base }: { readonly text: string; readonly base: string | null },
): RefusedFeed {
  if (firstElement === null) {
    return { code: 'not-a-feed', message: 'Expected a feed, got text without any markup.' };
  }
  if (pageElements.has(firstElement)) {
    const links = feedLinks(text, base).slice(0, feedLinksMax);
    const hint = links[0] === undefined ? '' : ` It names a feed: ${links[0].url}`;
    const named = links.length === 0 ? {} : { feedLinks: links.map(({ url }) => url) };
    return { code: 'html', message: `Expected a feed, got an HTML page.${hint}`, ...named };
  }
  const kind = firstElement.slice(0, 40);
  return { code: 'not-a-feed', message: `Expected a feed, got a document of kind <${kind}>.` };
}
