import { absoluteLink } from '../absolute-link.ts';
import type { ParseProblems } from '../parse-problems.ts';
import type { CollectedFeed, Draft, DraftValue } from './drafts.ts';
import { type FieldName, sourceAuthorRank } from './field-names.ts';

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
  credit: 'xw',
  origin: 'xo',
} as const satisfies Partial<Record<FieldName, string>>;

/**
 * The canonical document. The summaries and contents are beside it: in it stands only the place of each, because sending
 * them through another XML parser costs more than reading them did.
 */
export interface CanonicalDocument {
  readonly xml: string;
  readonly texts: readonly string[];
}

/** The element of an identifier as written, beside its absolute form. */
export const guidElement = 'xg';

const repeated = ['published', 'updated', 'category', 'credit'] as const;

/**
 * Writes what was collected as RSS 2.0 that is well formed and free of surprises: text only, one element per field with
 * a line for each value in order of preference, links absolute, Atom's feed authors given to the entries that name none.
 * Links that are no http(s) address are left out and noted.
 */
export function canonicalXml(
  collected: CollectedFeed,
  documentBase: string | null,
  problems: ParseProblems,
): CanonicalDocument {
  const { feed } = collected;
  const texts: string[] = [];
  const feedLink = firstLink(feed, documentBase);
  const base = documentBase ?? feedLink;
  const parts = ['<rss version="2.0"><channel>'];
  for (const field of ['title', 'language'] as const) parts.push(element(field, feed.of(field)[0]?.value));
  parts.push(element('link', feedLink ?? undefined));
  const inherited = collected.format === 'atom' ? feed.of('author') : [];
  collected.entries.forEach((entry, position) => {
    parts.push(
      '<item>',
      ...itemElements(entry, inherited, texts),
      linkElement(entry, base, () => {
        problems.add('bad-link', 'Dropped a link that is no http(s) address.', position);
      }),
      '</item>',
    );
  });
  parts.push('</channel></rss>');
  return { xml: parts.join(''), texts };
}

function itemElements(entry: Draft, inherited: readonly DraftValue[], texts: string[]): readonly string[] {
  const elements: string[] = [];
  const [id] = entry.of('id');
  elements.push(element(canonicalElements.title, entry.of('title')[0]?.value));
  elements.push(element(canonicalElements.id, id?.value), element(guidElement, id?.raw));
  const [summary, ...others] = entry.of('summary');
  elements.push(placeOf(canonicalElements.summary, summary?.value, texts));
  // The second text of an entry is its content where none is marked as such; feedparser reads it so too.
  const content = entry.of('content')[0] ?? others.find(({ value }) => value !== summary?.value);
  elements.push(placeOf(canonicalElements.content, content?.value, texts));
  for (const field of repeated) {
    elements.push(element(canonicalElements[field], lines(entry.of(field))));
  }
  elements.push(element(canonicalElements.origin, entry.of('origin')[0]?.value));
  elements.push(element(canonicalElements.author, lines(authorsOf(entry, inherited))));
  return elements;
}

function placeOf(name: string, text: string | undefined, texts: string[]): string {
  return text === undefined ? '' : element(name, `${texts.push(text) - 1}`);
}

/** Values of one line each in one element: every further element would cost more than all the rest of it. */
function lines(values: readonly DraftValue[]): string {
  return values.map(({ value }) => value).join('\n');
}

/** An entry's own authors, else those of the feed it was copied from, else those of this feed (RFC 4287 §4.2.1). */
function authorsOf(entry: Draft, inherited: readonly DraftValue[]): readonly DraftValue[] {
  const known = entry.of('author');
  const own = known.filter(({ rank }) => rank < sourceAuthorRank);
  if (own.length > 0) return own;
  return known.length > 0 ? known : inherited;
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
