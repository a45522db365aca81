import { createHash } from 'node:crypto';
import { foldLine } from '../parse/plain-text.ts';
import { stableUrl } from './canonical-url.ts';
import { comparableText } from './comparable-text.ts';
import { digest } from './digest.ts';

/** What identifies an entry before it has a key; as the parse stage gives it. */
export interface EntryIdentity {
  readonly id: string | null;
  readonly link: string | null;
  readonly title: string | null;
  readonly summary: string | null;
}

/**
 * Key of an entry among those of its source, 17 characters: the publisher's guid, else the address of its page, else
 * its text. The first character names the rung (g, u, t). A guid that is an address counts by its canonical form, so
 * that a change to https or a tracking parameter makes no new story; addresses that change with each reading count
 * without the part that changes, together with the title. The same for the same entry in every poll; never throws.
 * The key for an entry alone: `identifyEntries` gives what its feed and document make of it.
 */
export function entryKey(entry: EntryIdentity): string {
  const guid = guidOf(entry);
  return guid === '' ? (pageKey(entry) ?? textKey(entry)) : guidKey(guid);
}

/** The guid with its white space folded; '' when there is none. */
export const guidOf = ({ id }: EntryIdentity): string => foldLine(id ?? '').normalize('NFC');

export const guidKey = (guid: string): string =>
  `g${digest(/^https?:\/\/[^\s]+$/i.test(guid) ? stableUrl(guid).url : guid)}`;

/** Key by the address of the page, with the title where the address changes from reading to reading; null without one. */
export function pageKey({ link, title }: EntryIdentity): string | null {
  if (link === null || link.trim() === '') return null;
  const { url, wasVolatile } = stableUrl(link);
  return wasVolatile ? `u${digest(`${url}\n${matched(title ?? '')}`)}` : ownPageKey(url);
}

/** Key by a canonical address that names one page. */
export const ownPageKey = (page: string): string => `u${digest(page)}`;

/** Key by page and title, for a page that several entries share. */
export const pageTitleKey = (page: string, title: string | null): string =>
  `u${digest(`${ownPageKey(page)}\n${matched(title ?? '')}`)}`;

export const textKey = ({ title, summary }: EntryIdentity): string =>
  `t${digest(`${matched(title ?? '')}\n${matched(summary ?? '')}`)}`;

/**
 * Hash of what a reader sees of an entry, 17 characters: a version and then page, title and summary, each by itself (see
 * `hashParts`). It changes with the words of title and summary and with the page's canonical address; what
 * `comparableText` evens out is no edit. Never throws. Hashes of the first version have 16 characters (see
 * former-identity.ts).
 */
export function contentHash(entry: {
  readonly title: string;
  readonly summary: string;
  readonly url: string | null;
}): string {
  const page = entry.url === null ? '' : stableUrl(entry.url).url;
  const [title, summary] = [comparableText(entry.title), comparableText(entry.summary)];
  return `2${digest(page).slice(0, 6)}${digest(title).slice(0, 5)}${digest(summary).slice(0, 5)}`;
}

/** What a content hash says of page (36 bits), title and summary (30 bits each). */
export interface HashParts {
  readonly page: string;
  readonly title: string;
  readonly summary: string;
}

/** The parts of a content hash; null for one of the first version, which has none. */
export const hashParts = (hash: string): HashParts | null =>
  /^2[\w-]{16}$/.test(hash)
    ? { page: hash.slice(1, 7), title: hash.slice(7, 12), summary: hash.slice(12) }
    : null;

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Id of the story that an entry of a source is: 22 letters and digits, the first 128 bits of a SHA-256. The same on
 * every machine and in every version: stored stories, guids and links hang on it.
 */
export function storyId(sourceId: string, key: string): string {
  const bytes = createHash('sha256').update(`${sourceId}\n${key}`).digest('hex').slice(0, 32);
  let number = BigInt(`0x${bytes}`);
  let id = '';
  for (let place = 0; place < 22; place += 1) {
    id = digits.charAt(Number(number % 62n)) + id;
    number /= 62n;
  }
  return id;
}

/** Text as it counts in a key: composition and width of letters do not matter, nor case, but look-alikes stay apart. */
export const matched = (text: string): string =>
  foldLine(text.normalize('NFKC')).normalize('NFC').toLowerCase();
