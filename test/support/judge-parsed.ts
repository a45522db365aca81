import type { ParsedEntry } from '../../lambdas/core/words/entry.ts';
import type { ParseResult } from '../../lambdas/core/parse/parse.ts';
import type { ExpectedEntry, ExpectedFeed } from '../fixtures/parser-cases.ts';

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeOnce(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name] ?? '');
}

/** Texts are equal if they are after decoding twice and without tags and white space. */
export function comparable(text: string | null): string {
  return decodeOnce(decodeOnce(text ?? ''))
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, '');
}

/** What differs between a result and what a case expects of it; an empty list is a pass. */
export function differences(result: ParseResult, expected: ExpectedFeed): string[] {
  if (expected.error === true) {
    return result.ok && result.parsed.entries.length > 0 ? ['expected a refusal or no entries'] : [];
  }
  if (!result.ok) return [`expected a feed, got ${result.code}: ${result.message}`];
  const { feed, entries } = result.parsed;
  const found: string[] = [];
  if (expected.n !== undefined && entries.length !== expected.n) found.push(`${entries.length} entries`);
  if (expected.feed !== undefined && comparable(feed.title) !== comparable(expected.feed.title))
    found.push('feed title');
  if (expected.feed !== undefined && feed.link !== expected.feed.link) found.push(`feed link ${feed.link}`);
  expected.entries?.forEach((entry, position) => {
    const got = entries[position];
    if (got === undefined) found.push(`no entry ${position}`);
    else found.push(...entryDifferences(got, entry).map((difference) => `${position}: ${difference}`));
  });
  return found;
}

function entryDifferences(got: ParsedEntry, expected: ExpectedEntry): string[] {
  const found: string[] = [];
  const check = (name: string, isRight: boolean) => {
    if (!isRight) found.push(`${name}, got ${JSON.stringify(got)}`);
  };
  const time = got.published ?? got.updated;
  const body = [got.summary, got.content].map(comparable);
  const { id, title, link, notLink, date, summary, content, author, categories } = expected;
  if (id !== undefined) check('id', got.id?.trim() === id);
  if (title !== undefined) check('title', comparable(got.title) === comparable(title));
  if (link !== undefined) check('link', got.link?.trim() === link);
  if (notLink !== undefined) check('notLink', got.link !== notLink);
  if (expected.noTitle === true) check('noTitle', (got.title ?? '') === '');
  if (date !== undefined) check('date', time !== null && Date.parse(time) / 1_000 === date);
  if (summary !== undefined) check('summary', body.includes(comparable(summary)));
  if (content !== undefined) check('content', body.includes(comparable(content)));
  if (author !== undefined) check('author', [author].flat().map(comparable).includes(comparable(got.author)));
  if (categories !== undefined)
    check('categories', [...categories].sort().join() === [...got.categories].sort().join());
  return found;
}
