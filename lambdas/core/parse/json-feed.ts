import { absoluteLink } from './absolute-link.ts';
import type { ParsedEntry, ParsedFeedInfo } from '../words/entry.ts';
import { feedDate } from './feed-dates.ts';
import { firstDate, keptCategories, uniqueTexts } from './map-item.ts';
import type { ParseProblems } from './parse-problems.ts';
import { entriesMax, newestPositions } from './newest-entries.ts';
import { foldLine, foldLines, textFromHtml } from './plain-text.ts';
import type { RefusedFeed } from './xml/drafts.ts';
import { withoutControls } from './xml/entities.ts';

/** A JSON Feed as read; `charset` is added by the caller. `rejected` counts items beyond the cap or unreadable. */
export interface JsonFeed {
  readonly feed: Omit<ParsedFeedInfo, 'charset'>;
  readonly entries: readonly ParsedEntry[];
  readonly rejected: number;
}

/** Nesting a JSON Feed may have; the format itself needs 5 levels, extensions a few more. */
const depthMax = 64;

/**
 * Entries of a JSON Feed 1 or 1.1. Only own properties are read and nothing is copied, so keys such as `__proto__`
 * have no effect; numeric ids become strings; an item that is no object is rejected and noted.
 * Linear, never throws. Source: jsonfeed.org/version/1.1.
 */
export function readJsonFeed(
  text: string,
  base: string | null,
  problems: ParseProblems,
): JsonFeed | RefusedFeed {
  if (isTooDeep(text)) return { code: 'too-deep', message: `Expected JSON nested at most ${depthMax} deep.` };
  const root = parseJson(text);
  if (root === undefined)
    return { code: 'malformed', message: 'Expected JSON, got text that is not well formed.' };
  const items = own(root, 'items');
  if (!Array.isArray(items))
    return { code: 'not-a-feed', message: 'Expected a JSON Feed, got JSON without items.' };
  const home = absoluteLink(text1(own(root, 'home_page_url')), base);
  const context = { base: base ?? home, authors: authorsOf(root), problems };
  const entries: ParsedEntry[] = [];
  for (const [position, item] of newestItems(items).entries()) {
    if (isObject(item)) entries.push(mapJsonItem(item, position, context));
    else problems.add('bad-entry', 'Expected an item to be an object; dropped it.', position);
  }
  if (items.length > entriesMax) {
    const dropped = items.length - entriesMax;
    problems.add('too-many-entries', `Kept the newest ${entriesMax} entries and dropped ${dropped}.`);
  }
  const language = foldLine(text1(own(root, 'language')));
  const title = foldLine(text1(own(root, 'title')));
  return {
    feed: { title: title || null, link: home, language: language || null, format: 'json', ttlMinutes: null },
    entries,
    rejected: items.length - entries.length,
  };
}

/** The items, or of too many the newest among the first and the last ones. */
function newestItems(items: readonly unknown[]): readonly unknown[] {
  if (items.length <= entriesMax) return items;
  const tail = items.slice(entriesMax).slice(-entriesMax);
  const both = [...items.slice(0, entriesMax), ...tail];
  const dates = both.map((item) =>
    isObject(item) ? feedDate(text1(own(item, 'date_published')) || text1(own(item, 'date_modified'))) : null,
  );
  return newestPositions(dates, entriesMax).map((at) => both[at]);
}

interface ItemContext {
  readonly base: string | null;
  readonly authors: readonly string[];
  readonly problems: ParseProblems;
}

function mapJsonItem(item: object, position: number, context: ItemContext): ParsedEntry {
  const { base, problems } = context;
  const id = withoutControls(text1(own(item, 'id'))).trim();
  const links = [own(item, 'url'), own(item, 'external_url')].map(text1).filter((link) => link !== '');
  const found = links.map((link) => absoluteLink(link, base)).find((link) => link !== null);
  if (links.length > 0 && found === undefined) {
    problems.add('bad-link', 'Dropped a link that is no http(s) address.', position);
  }
  const html = text1(own(item, 'content_html'));
  const content = html === '' ? foldLines(text1(own(item, 'content_text'))) : textFromHtml(html);
  const authors = authorsOf(item);
  const kept = authors.length > 0 ? authors : context.authors;
  return {
    id: id || null,
    title: foldLine(textFromHtml(text1(own(item, 'title')))) || null,
    link: found ?? (/^https?:\/\//i.test(id) ? absoluteLink(id, null) : null),
    published: firstDate(dates(item, 'date_published'), position, problems),
    updated: firstDate(dates(item, 'date_modified'), position, problems),
    summary: textFromHtml(text1(own(item, 'summary'))) || null,
    content: content || null,
    author: kept[0] ?? null,
    authors: kept,
    categories: keptCategories(list(own(item, 'tags')).map((tag) => foldLine(text1(tag)))),
  };
}

function dates(item: object, name: string): readonly string[] {
  return [text1(own(item, name)).trim()].filter((date) => date !== '');
}

/** Version 1.1 has a list of authors, version 1 a single one. */
function authorsOf(owner: object): readonly string[] {
  const authors = [...list(own(owner, 'authors')), own(owner, 'author')];
  return uniqueTexts(
    authors.slice(0, 100).map((author) => foldLine(text1(isObject(author) ? own(author, 'name') : author))),
  );
}

function own(owner: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(owner, name)?.value;
}

/** A list, or the one member that careless generators give instead of it. */
function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, 1_000);
  return value === undefined || value === null ? [] : [value];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a JSON string or of a finite number; '' for everything else. */
function text1(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

function parseJson(text: string): object | undefined {
  for (const attempt of [text, text.replace(/[\0-\x1F]+/g, ' ')]) {
    try {
      const root: unknown = JSON.parse(attempt);
      return isObject(root) ? root : {};
    } catch {
      // The second attempt is without the raw control characters that careless generators leave in strings.
    }
  }
  return undefined;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > depthMax) return true;
  }
  return false;
}

/** Place of the quote that ends the JSON string beginning at `from`. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at += 1;
  }
  return text.length;
}
