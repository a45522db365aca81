import { absoluteLink } from '../absolute-link.ts';
import type { ParseProblems } from '../parse-problems.ts';
import type { CollectedFeed, Draft, DraftValue } from './drafts.ts';
import { type FieldName, sourceAuthorRank } from './field-names.ts';
import { syndicationMinutes } from './syndication-minutes.ts';

/**
 * The elements of a canonical item. The names are our own so that rss-parser makes no snippet of any of them: its
 * snippet takes time quadratic in unclosed tags (measured: 188 KB, 8 s). They are short because sax matches a pattern
 * for every character of a name.
 */
export const canonicalElements = {
  title: 'xt',
  id: 'xi',
  link: 'xl',
  published: 'xp',
  updated: 'xu',
  summary: 'xs',
  content: 'xc',
  author: 'xa',
  category: 'xk',
} as const satisfies Partial<Record<FieldName, string>>;

const once = ['title', 'id'] as const;
const repeated = ['published', 'updated', 'category'] as const;

/**
 * Writes what was collected as RSS 2.0 that is well formed and free of surprises: text only, one element per value in
 * order of preference, links absolute, Atom's feed authors given to the entries that name none. Links that are no
 * http(s) address are left out and noted.
 */
export function canonicalXml(
  collected: CollectedFeed,
  documentBase: string | null,
  problems: ParseProblems,
): string {
  const { feed } = collected;
  const feedLink = firstLink(feed, documentBase);
  const base = documentBase ?? feedLink;
  const parts = ['<rss version="2.0"><channel>'];
  for (const field of ['title', 'language'] as const) parts.push(element(field, feed.of(field)[0]?.value));
  parts.push(element('ttl', ttlText(feed)), element('link', feedLink ?? undefined));
  const inherited = collected.format === 'atom' ? feed.of('author') : [];
  collected.entries.forEach((entry, position) => {
    parts.push(
      '<item>',
      ...itemElements(entry, inherited),
      linkElement(entry, base, () => {
        problems.add('bad-link', 'Dropped a link that is no http(s) address.', position);
      }),
      '</item>',
    );
  });
  parts.push('</channel></rss>');
  return parts.join('');
}

function itemElements(entry: Draft, inherited: readonly DraftValue[]): readonly string[] {
  const elements: string[] = [];
  for (const field of once) elements.push(element(canonicalElements[field], entry.of(field)[0]?.value));
  const [summary, ...others] = entry.of('summary');
  elements.push(element(canonicalElements.summary, summary?.value));
  // The second text of an entry is its content where none is marked as such; feedparser reads it so too.
  const content = entry.of('content')[0] ?? others.find(({ value }) => value !== summary?.value);
  elements.push(element(canonicalElements.content, content?.value));
  for (const field of repeated) {
    for (const { value } of entry.of(field)) elements.push(element(canonicalElements[field], value));
  }
  for (const { value } of authorsOf(entry, inherited))
    elements.push(element(canonicalElements.author, value));
  return elements;
}

/** An entry's own authors, else those of the feed it was copied from, else those of this feed (RFC 4287 §4.2.1). */
function authorsOf(entry: Draft, inherited: readonly DraftValue[]): readonly DraftValue[] {
  const known = entry.of('author');
  const own = known.filter(({ rank }) => rank < sourceAuthorRank);
  if (own.length > 0) return own;
  return known.length > 0 ? known : inherited;
}

/** Minutes between updates: RSS `ttl`, else what the syndication module says. */
function ttlText(feed: Draft): string | undefined {
  const [ttl, period, frequency] = [
    feed.of('ttl')[0],
    feed.of('updatePeriod')[0],
    feed.of('updateFrequency')[0],
  ];
  return ttl?.value ?? syndicationMinutes(period?.value, frequency?.value)?.toString();
}

function linkElement(entry: Draft, base: string | null, noteBad: () => void): string {
  const link = firstLink(entry, base);
  if (link === null && entry.of('link').length > 0) noteBad();
  return element(canonicalElements.link, link ?? undefined);
}

function firstLink(draft: Draft, base: string | null): string | null {
  for (const link of draft.of('link')) {
    const absolute = absoluteLink(link.value, link.base ?? base);
    if (absolute !== null) return absolute;
  }
  return null;
}

function element(name: string, value: string | undefined): string {
  if (value === undefined || value === '') return '';
  return `<${name}>${/[&<>]/.test(value) ? cdata(value) : value}</${name}>`;
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
