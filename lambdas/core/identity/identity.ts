import { createHash } from 'node:crypto';
import { stableUrl } from './canonical-url.ts';
import type { Entry } from '../words/entry.ts';
import { foldLine } from '../parse/plain-text.ts';

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
 */
export function entryKey(entry: EntryIdentity): string {
  const guid = folded(entry.id ?? '');
  if (guid !== '') return `g${digest(isWebAddress(guid) ? stableUrl(guid).url : guid)}`;
  const text = `${matched(entry.title ?? '')}\n${matched(entry.summary ?? '')}`;
  if (entry.link === null || entry.link.trim() === '') return `t${digest(text)}`;
  const { url, wasVolatile } = stableUrl(entry.link);
  return `u${digest(wasVolatile ? `${url}\n${matched(entry.title ?? '')}` : url)}`;
}

/**
 * Hash of what a reader sees of an entry, 16 characters: it changes with the words of title and summary and with the
 * page's canonical address. White space, Unicode composition and tracking parameters are no edit. Never throws.
 */
export function contentHash(entry: {
  readonly title: string;
  readonly summary: string;
  readonly url: string | null;
}): string {
  const url = entry.url === null ? '' : stableUrl(entry.url).url;
  return digest([folded(entry.title), folded(entry.summary), url].join('\n'));
}

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

/**
 * The entries of one document with keys that tell them apart: where several entries have one key but different pages
 * (a publisher reuses guids), or one page but different titles and no guid (every entry links to the home page), the
 * key takes that in. Does not depend on their order; entries that are the same keep the same key. `seen` is what the feed
 * listed before, key to hash: whoever had the plain key keeps it, and an entry once told apart stays so when the other
 * one leaves, so that no story is edited into another (invariant I2).
 */
export function distinctKeys(entries: readonly Entry[], seen: ReadonlyMap<string, string>): Entry[] {
  const byUrl = steppedDown(entries, pageOf, seen);
  return steppedDown(byUrl, (entry) => (entry.key.startsWith('u') ? matched(entry.title) : ''), seen);
}

function steppedDown(
  entries: readonly Entry[],
  detail: (entry: Entry) => string,
  seen: ReadonlyMap<string, string>,
): Entry[] {
  const details = new Map<string, Set<string>>();
  for (const entry of entries) {
    const known = details.get(entry.key);
    if (known === undefined) details.set(entry.key, new Set([detail(entry)]));
    else known.add(detail(entry));
  }
  return entries.map((entry) => {
    const isAlone = (details.get(entry.key)?.size ?? 0) < 2;
    const says = detail(entry);
    // A key that takes nothing in cannot be told apart by it, neither now nor in an earlier document.
    if (says === '' || (isAlone && seen.size === 0)) return isAlone ? entry : stepped(entry, says);
    const lower = stepped(entry, says);
    if (seen.has(lower.key)) return lower;
    return isAlone || seen.get(entry.key) === entry.hash ? entry : lower;
  });
}

function stepped(entry: Entry, says: string): Entry {
  return { ...entry, key: `${entry.key.charAt(0)}${digest(`${entry.key}\n${says}`)}` };
}

function pageOf(entry: Entry): string {
  return entry.url === null || entry.key.startsWith('u') ? '' : stableUrl(entry.url).url;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text);
}

function folded(text: string): string {
  return foldLine(text).normalize('NFC');
}

/** Text as it counts in a key: also composition and width of letters do not matter, but look-alikes stay apart. */
function matched(text: string): string {
  return folded(text.normalize('NFKC')).toLowerCase();
}

function digest(text: string): string {
  // 96 bits: a source would need a million million entries before two share a key by chance.
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
