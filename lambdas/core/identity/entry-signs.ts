import type { Entry } from '../words/entry.ts';
import { stableUrl } from './canonical-url.ts';
import { formerContentHash, formerEntryKey, formerSteppedKeys } from './former-identity.ts';
import {
  type EntryIdentity,
  guidKey,
  guidOf,
  type HashParts,
  hashParts,
  matched,
  ownPageKey,
  pageKey,
  pageTitleKey,
  textKey,
} from './identity.ts';
import { isTellingText } from './twin-key.ts';

/** An entry with what its feed said of it before cleaning. */
export interface UnidentifiedEntry {
  readonly entry: Entry;
  readonly identity: EntryIdentity;
}

/** All that one entry of a document may be known by. Keys that the document or feed makes useless are null. */
export interface EntrySigns {
  readonly entry: Entry;
  readonly identity: EntryIdentity;
  readonly guid: string | null;
  /** Several entries of the document have this guid. */
  readonly isGuidShared: boolean;
  /** The page's own stable address, where no other entry of the document and no site has it; else null. */
  readonly page: string | null;
  readonly keys: { readonly guid: string | null; readonly page: string | null; readonly text: string };
  readonly parts: HashParts;
  /** The text is long enough to tell the entry by itself. */
  readonly isTelling: boolean;
  /** Day of its publication by its own word, since the epoch; null when it has none. */
  readonly publishedDay: number | null;
}

const dayMs = 86_400_000;

/**
 * The signs of a document's entries. A guid or address that is the feed's own or the site's (`addresses`) says nothing; a
 * guid with several texts on several pages or on none, and an address under several titles tell nothing apart.
 */
export function signsOf(
  items: readonly UnidentifiedEntry[],
  addresses: readonly string[],
): readonly EntrySigns[] {
  const own = new Set(addresses.map((address) => stableUrl(address).url));
  const read = items.map((item) => plainSigns(item, own));
  const places = sharing(
    read,
    (one) => one.guid,
    (one) => one.address ?? one.item.entry.hash,
  );
  const texts = sharing(
    read,
    (one) => one.guid,
    (one) => one.item.entry.hash.slice(textFrom),
  );
  const guidIsShared = ({ guid }: PlainSigns): boolean => {
    const textCount = texts.get(guid ?? '')?.size ?? 0;
    return textCount > repeatsMax || (textCount > 1 && (places.get(guid ?? '')?.size ?? 0) > 1);
  };
  const titles = sharing(
    read,
    (one) => one.address,
    (one) => matched(one.item.entry.title),
  );
  const holders = sharing(
    read,
    (one) => one.address,
    (one) => (one.guid === null || guidIsShared(one) ? `t${matched(one.item.entry.title)}` : `g${one.guid}`),
  );
  const isPageShared = (address: string) =>
    (titles.get(address)?.size ?? 0) > 1 && (holders.get(address)?.size ?? 0) > 1;
  return read.map((one) => {
    const isOwn = one.address !== null && !one.isVague && !isPageShared(one.address);
    return wholeSigns(one, guidIsShared(one), isOwn);
  });
}

/** One guid on one page with so many texts is one entry that was revised; with more it names a page that several share. */
const repeatsMax = 2;

/** Where the text begins in a content hash (see `hashParts`). */
const textFrom = 7;

interface PlainSigns {
  readonly item: UnidentifiedEntry;
  readonly guid: string | null;
  readonly address: string | null;
  /** The address changes with each reading or is the site's. */
  readonly isVague: boolean;
}

function plainSigns(item: UnidentifiedEntry, own: ReadonlySet<string>): PlainSigns {
  const { link } = item.identity;
  const guid = guidOf(item.identity);
  const { url, wasVolatile } =
    link === null || link.trim() === '' ? { url: null, wasVolatile: false } : stableUrl(link);
  const isSite = (address: string): boolean => own.has(address) || /^https:\/\/[^/?#]*$/.test(address);
  const isGuidSite = /^https?:\/\/\S+$/i.test(guid) && isSite(stableUrl(guid).url);
  return {
    item,
    guid: guid === '' || isGuidSite ? null : guid,
    address: url,
    isVague: wasVolatile || (url !== null && isSite(url)),
  };
}

/** For each value of `sign` the different values of `detail` that stand beside it. */
function sharing(
  read: readonly PlainSigns[],
  sign: (one: PlainSigns) => string | null,
  detail: (one: PlainSigns) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const shared = new Map<string, Set<string>>();
  for (const one of read) {
    const value = sign(one);
    if (value === null) continue;
    const details = shared.get(value);
    if (details === undefined) shared.set(value, new Set([detail(one)]));
    else details.add(detail(one));
  }
  return shared;
}

function wholeSigns(plain: PlainSigns, isGuidShared: boolean, isOwnPage: boolean): EntrySigns {
  const { entry, identity } = plain.item;
  const { address, guid } = plain;
  return {
    entry,
    identity,
    guid,
    isGuidShared,
    page: isOwnPage ? address : null,
    keys: {
      guid: guid === null ? null : guidKey(guid),
      page: address === null ? null : isOwnPage ? ownPageKey(address) : pageTitleKey(address, entry.title),
      text: textKey(identity),
    },
    parts: hashParts(entry.hash) ?? { page: '', title: '', summary: '' },
    isTelling: isTellingText(entry),
    publishedDay: entry.published === null ? null : Math.floor(Date.parse(entry.published) / dayMs),
  };
}

/** Keys that an earlier version of the ladder may have given the entry, most likely first; for windows stored then. */
export function formerKeysOf({ identity, entry }: EntrySigns): readonly string[] {
  const plain = formerEntryKey(identity);
  const byPage = pageKey(identity);
  const formerPage = formerEntryKey({ ...identity, id: null });
  const stepped = [plain, formerPage].flatMap((key) =>
    formerSteppedKeys(key, { url: identity.link, title: entry.title }),
  );
  return [plain, ...stepped, ...(byPage === null ? [] : [byPage]), formerPage];
}

/** The entry's content hash as it was in its first version. */
export const formerHashOf = ({ identity, entry }: EntrySigns): string =>
  formerContentHash({ ...entry, url: entry.url === null ? null : identity.link });
