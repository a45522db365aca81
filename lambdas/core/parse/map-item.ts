import { absoluteLink } from './absolute-link.ts';
import { authorName } from './author-name.ts';
import type { ParsedEntry } from '../words/entry.ts';
import { feedDate } from './feed-dates.ts';
import type { ParseProblems } from './parse-problems.ts';
import { canonicalElements, guidElement } from './xml/canonical-writer.ts';

/** An item as rss-parser assembled it from the canonical document. */
export type CanonicalItem = Readonly<Record<string, unknown>>;

/** What a document's items share, and the position of this one. */
export interface ItemContext {
  readonly position: number;
  readonly problems: ParseProblems;
  readonly texts: readonly string[];
}

/** What is kept of the categories of an entry that stuffs keywords, and of a label that is none. */
export const categoriesMax = 20;
export const categoryCodePointsMax = 64;

// Beyond these it is stuffing. Captured feeds stay below: 40 categories, labels of 130 characters.
const plausibleCategoriesMax = 50;
const plausibleCategoryMax = 256;

/**
 * Entry of a canonical item, its longer texts taken from `texts` by their places: strings or null only. Of several
 * dates the first that can be read counts; a date nobody can read is null and noted under `position`. Never throws.
 */
export function mapItem(item: CanonicalItem, document: ItemContext): ParsedEntry {
  const { position, problems, texts: bodies } = document;
  const authors = uniqueTexts(texts(item[canonicalElements.author]).map(authorName));
  const guid = first(item[guidElement]);
  const credits = texts(item[canonicalElements.credit]);
  const origin = absoluteLink(first(item[canonicalElements.origin]) ?? '', null);
  return {
    id: first(item[canonicalElements.id]),
    title: first(item[canonicalElements.title]),
    link: first(item[canonicalElements.link]),
    published: firstDate(texts(item[canonicalElements.published]), position, problems),
    updated: firstDate(texts(item[canonicalElements.updated]), position, problems),
    summary: textAt(item[canonicalElements.summary], bodies),
    content: textAt(item[canonicalElements.content], bodies),
    author: authors[0] ?? null,
    authors,
    categories: keptCategories(texts(item[canonicalElements.category])),
    ...(guid === null ? {} : { guid }),
    ...(credits.length === 0 ? {} : { credits }),
    ...(origin === null ? {} : { origin }),
  };
}

/** The first date that can be read, else null and a problem. */
export function firstDate(
  dates: readonly string[],
  position: number,
  problems: ParseProblems,
): string | null {
  for (const date of dates) {
    const time = feedDate(date);
    if (time !== null) return time;
  }
  const unread = dates[0];
  if (unread !== undefined) {
    problems.add('bad-date', `Expected a date, got ${JSON.stringify(unread.slice(0, 60))}.`, position);
  }
  return null;
}

/**
 * Categories without repetition. Of more than fifty the first twenty are kept, and a label of more than 256 code units
 * is cut to 64 code points; what is less than that stays as the publisher gave it.
 */
export function keptCategories(categories: readonly string[]): readonly string[] {
  const cut = categories.map((category) =>
    category.length <= plausibleCategoryMax ? category : firstCodePoints(category, categoryCodePointsMax),
  );
  const kept = uniqueTexts(cut);
  return kept.length <= plausibleCategoriesMax ? kept : kept.slice(0, categoriesMax);
}

function firstCodePoints(text: string, codePointsMax: number): string {
  return Array.from(text.slice(0, 2 * codePointsMax))
    .slice(0, codePointsMax)
    .join('')
    .trim();
}

/** The non-empty texts, each once, in order. */
export function uniqueTexts(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}

/** The values of a field that has a line for each. */
function texts(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split('\n').map((text) => text.trim()) : [];
}

/** The text whose place an element holds. */
function textAt(place: unknown, bodies: readonly string[]): string | null {
  return typeof place === 'string' ? bodies[Number(place)]?.trim() || null : null;
}

function first(value: unknown): string | null {
  return (typeof value === 'string' && value.trim()) || null;
}
