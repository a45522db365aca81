import type { Entry, ParsedEntry } from '../words/entry.ts';
import { contentHash, type EntryIdentity, entryKey } from '../identity/identity.ts';
import { unwrappedUrl } from '../identity/unwrapped-url.ts';
import { categoriesMax, categoryCodePointsMax } from './map-item.ts';
import { parsedUrl } from '../words/parsed-url.ts';
import { agencyAmong } from './agency.ts';
import { cleanLabel, cleanLine } from './clean-line.ts';
import { datelineOf, leadingAgency } from './dateline.ts';
import { marksOf } from './entry-marks.ts';
import { summaryText } from './summary-text.ts';
import { truncateText } from './truncate-text.ts';

/** Caps of what travels on. Source: design §7 and the bounds of the ingest message. */
export const titleCodePointsMax = 512;
export const summaryCodePointsMax = 1_000;
const urlBytesMax = 2_048;
const authorsMax = 10;
const authorCodePointsMax = 80;
const titleFromTextCodePointsMax = 120;

/**
 * Entry of a parsed item, cleaned and capped: one-line texts in NFC without control, zero-width and direction-forcing
 * characters, the summary (else the content) without publisher's boilerplate, an address that fits, authors and
 * categories without repetition. An empty title is taken from the text, else from the address. The dateline stays in the
 * summary and is told beside it, as are the agency that is named and marks of what is no plain story. An item without
 * title, text and address is rejected with a reason. Pure, never throws.
 */
export function entryFromParsed(
  parsed: ParsedEntry,
  context: { readonly feedLanguage: string },
): Entry | { readonly rejected: string } {
  const body = summaryText(parsed.summary, parsed.content);
  const page = pageOf(parsed);
  const url = servedUrl(page === null ? null : unwrappedUrl(page));
  const dateline = datelineOf(body);
  const title =
    cleanLine(parsed.title) || titleFromText(body.slice(dateline?.length ?? 0)) || titleFromUrl(url);
  if (title === '') return { rejected: 'Expected a title, a text or a link, got none of them.' };
  const text = {
    title: truncateText(title, titleCodePointsMax),
    summary: truncateText(body, summaryCodePointsMax),
    url,
  };
  const agency = dateline?.agency ?? leadingAgency(body) ?? agencyAmong(creditsOf(parsed));
  const categories = categoryLabels(parsed.categories);
  const marks = marksOf({ title: text.title, url, categories, agency });
  return {
    key: entryKey(identityOf(parsed)),
    hash: contentHash(text),
    ...text,
    published: parsed.published,
    updated: parsed.updated,
    authors: authorNames(parsed),
    categories,
    lang: primaryLanguage(context.feedLanguage),
    ...(dateline === null ? {} : { dateline }),
    ...(agency === null ? {} : { agency }),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

/** The address of an item's page: the one that its feed proxy says it stands for, else its link. */
const pageOf = ({ origin, link }: ParsedEntry): string | null => origin ?? link;

/** What an item is known by. The guid counts as the publisher wrote it, not as the address it may stand for. */
export const identityOf = (parsed: ParsedEntry): EntryIdentity => ({
  id: parsed.guid ?? parsed.id,
  link: pageOf(parsed),
  title: parsed.title,
  summary: parsed.summary,
});

function titleFromText(text: string): string {
  return truncateText(text, titleFromTextCodePointsMax);
}

function creditsOf(parsed: ParsedEntry): readonly string[] {
  return [
    ...(parsed.authors ?? (parsed.author === null ? [] : [parsed.author])),
    ...(parsed.credits ?? []),
  ].map(cleanLine);
}

/** The publisher's address (that of the page, where the link goes through a go-between), in ASCII and without a user name; null when it is too long or no http(s) address. */
function servedUrl(link: string | null): string | null {
  const parsed = link === null ? null : parsedUrl(link);
  if (link === null || parsed === null || !/^https?:\/\//i.test(link)) return null;
  const clean = /^[\x21-\x7E]+$/.test(link) && parsed.username === '' && parsed.password === '';
  parsed.username = '';
  parsed.password = '';
  const url = clean ? link : parsed.href;
  return Buffer.byteLength(url) <= urlBytesMax ? url : null;
}

/** `https://example.org/2024/navy-orders-ships.html` is "navy orders ships"; without a path it is the host. */
function titleFromUrl(url: string | null): string {
  if (url === null) return '';
  const { hostname, pathname } = new URL(url);
  const words = pathname
    .split('/')
    .map((part) =>
      part
        .replace(/\.\w{1,5}$/, '')
        .replace(/[-_+]+|%20/g, ' ')
        .trim(),
    )
    .filter((part) => /\p{L}{3}/u.test(part));
  return words[words.length - 1] ?? hostname;
}

function authorNames(parsed: ParsedEntry): readonly string[] {
  const names = (parsed.authors ?? [parsed.author])
    .map((author) => truncateText(cleanLabel(author).replace(/^by:?\s+(?=\p{L})/iu, ''), authorCodePointsMax))
    // A bare address is personal data and says less than the source does.
    .filter((author) => author !== '' && !/^\S+@\S+$/.test(author));
  return unique(names).slice(0, authorsMax);
}

function categoryLabels(categories: readonly string[]): readonly string[] {
  const labels = categories
    .map((category) => truncateText(cleanLabel(category), categoryCodePointsMax))
    .filter((label) => label !== '' && label.toLowerCase() !== 'uncategorized');
  return unique(labels).slice(0, categoriesMax);
}

/** The labels, each once without regard to case, in order. */
function unique(labels: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return labels.filter((label) => {
    const key = label.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** Primary tag of a BCP 47 language, `und` when it is none. */
function primaryLanguage(language: string): string {
  return /^([a-z]{2,3})(?:[-_].*)?$/i.exec(language.trim())?.[1]?.toLowerCase() ?? 'und';
}
