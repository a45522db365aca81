import type { SeenEntry } from '../poll/feed-state.ts';
import { digest } from './digest.ts';
import { type EntrySigns, formerHashOf, formerKeysOf } from './entry-signs.ts';
import { type Distrust, distrustAfter } from './guid-trust.ts';
import { hashParts } from './identity.ts';
import { isReadAnew, isSameAfterAll, isUnchanged, namesArticle, relationTo } from './same-article.ts';
import { type WindowIndex, windowIndex } from './window-index.ts';

/** What a feed remembers that tells its entries apart. */
export interface IdentityMemory {
  readonly window: readonly SeenEntry[];
  readonly distrust?: Distrust;
}

export interface IdentityContext {
  /** The feed's own addresses and its site's: they name no entry. */
  readonly addresses: readonly string[];
  /** Days since the epoch. */
  readonly today: number;
  /** What other feeds of the source have listed; empty where that need not be asked (see read-document.ts). */
  readonly siblings: readonly SeenEntry[];
  /** The source has several feeds: an entry says by which name the others know its page. */
  readonly isShared: boolean;
}

/** A page seen so few days ago is looked for also when the entry was missing from a document or two in between. */
const missingDaysMax = 2;

/** A title of so many characters tells an entry where nothing else does. */
const longTitleMin = 20;

/** One document against one window: each step gives keys to entries that have none yet (see identify-entries.ts for their order). */
export class EntryMatching {
  readonly index: WindowIndex;
  readonly evidence = { steady: 0, moved: 0, movedAddress: 0 };
  readonly #signs: readonly EntrySigns[];
  readonly #memory: IdentityMemory;
  readonly #context: IdentityContext;
  readonly #keys: (string | undefined)[];
  /** Window keys that are taken, and by whom. */
  readonly #claims = new Map<string, number>();
  /** Guids of entries that go by another key: what had such a key first may be another article. */
  readonly #reused = new Set<string>();
  readonly #unclear: (readonly [at: number, seen: SeenEntry])[] = [];

  constructor(signs: readonly EntrySigns[], memory: IdentityMemory, context: IdentityContext) {
    this.#signs = signs;
    this.#memory = memory;
    this.#context = context;
    this.#keys = signs.map(() => undefined);
    this.index = windowIndex(memory.window);
  }

  keyAt(at: number): string {
    return this.#keys[at] ?? '';
  }

  byOwnKey(): void {
    // What is unchanged goes first, so that of two entries with one key the one that had it keeps it.
    for (const wants of ['unchanged', 'same'] as const) {
      this.#eachOpen((signs, at) => {
        for (const key of this.#ownKeys(signs)) {
          const seen = this.index.byKey.get(key);
          if (seen === undefined || (wants === 'unchanged' && !isUnchanged(signs, seen))) continue;
          const relation = relationTo(signs, seen);
          if (relation === 'same' && !this.#isTaken(seen, signs)) {
            if (key === signs.keys.guid && !signs.isGuidShared) this.evidence.steady += 1;
            return this.#claim(at, seen);
          }
          if (wants === 'same' && relation === 'unclear') this.#unclear.push([at, seen]);
        }
      });
    }
  }

  byLooks(): void {
    this.#eachOpen((signs, at) => {
      const seen = this.#freeUnchanged(signs);
      if (seen !== undefined) this.#claimMoved(at, seen, 'moved');
    });
    this.#eachOpen((signs, at) => {
      const seen = this.#freeOnPage(signs);
      if (seen !== undefined) this.#claimMoved(at, seen, 'moved');
    });
    this.#eachOpen((signs, at) => {
      const seen = this.#freeWithText(signs);
      if (seen !== undefined) this.#claimMoved(at, seen, 'movedAddress');
    });
    // Several whole texts at other addresses say that the site moved; then a title is enough for those that have no more.
    const isMoved = this.#rung() === 't';
    const isMovedWhole = !isMoved && this.#isWhollyMoved();
    this.#eachOpen((signs, at) => {
      const isAsked = isMoved || (isMovedWhole && signs.publishedDay !== null);
      const seen = this.#freeWithTitle(signs, isAsked);
      if (seen !== undefined) this.#claimMoved(at, seen, 'movedAddress');
    });
  }

  byUnclearKey(): void {
    for (const [at, seen] of this.#unclear) {
      const signs = this.#signs[at];
      if (signs === undefined || this.#keys[at] !== undefined) continue;
      if (!this.#isTaken(seen, signs) && isSameAfterAll(signs, seen)) this.#claim(at, seen);
    }
  }

  /** The same telling text of the same day twice in one document is one article at two addresses; one of them is known. */
  byTwin(): void {
    const known = new Map<string, string>();
    for (const [at, signs] of this.#signs.entries()) {
      const key = this.#keys[at];
      if (key !== undefined) for (const look of looksOf(signs)) known.set(look, key);
    }
    this.#eachOpen((signs, at) => {
      this.#keys[at] =
        looksOf(signs).flatMap((look) => known.get(look) ?? [])[0] ?? this.#formerTextKey(signs);
    });
  }

  /** Of new entries that are one article the least key is that of all, so that their order does not matter. */
  byNewTwin(): void {
    const least = new Map<string, string>();
    this.#eachOpen((signs) => {
      for (const look of looksOf(signs)) {
        const key = this.#newKey(signs);
        const other = least.get(look);
        if (other === undefined || key < other) least.set(look, key);
      }
    });
    this.#eachOpen((signs, at) => {
      this.#keys[at] = looksOf(signs)
        .flatMap((look) => least.get(look) ?? [])
        .sort()[0];
    });
  }

  /** Of two entries that were one text one was edited: the other still has the text of before. */
  #formerTextKey({ isTelling, parts, publishedDay }: EntrySigns): string | undefined {
    const alike = isTelling ? this.index.byText.get(parts.title + parts.summary) : undefined;
    return alike?.find((seen) => !this.#isFree(seen) && (publishedDay ?? seen.seenDay) <= seen.seenDay)?.key;
  }

  asNew(): void {
    this.#eachOpen((signs, at) => {
      this.#keys[at] = this.#newKey(signs);
    });
    for (const [at, { keys }] of this.#signs.entries()) {
      if (keys.guid !== null && keys.guid !== this.#keys[at]) this.#reused.add(keys.guid);
    }
  }

  /** An entry of the window as it is to be compared: its hash in today's version where nothing changed. */
  updated(seen: SeenEntry): SeenEntry {
    const signs = this.#signs[this.#claims.get(seen.key) ?? -1];
    if (signs === undefined) {
      // As long as its guid is given to others, the article that had it first must not be forgotten.
      return this.#reused.has(seen.key) ? { ...seen, leftDay: this.#context.today } : seen;
    }
    const isFormer = hashParts(seen.hash) === null && isUnchanged(signs, seen);
    return isFormer ? { ...seen, hash: signs.entry.hash } : seen;
  }

  /** Has the entry its key by itself, not for being like another? */
  isOwner(at: number): boolean {
    const [signs, key] = [this.#signs[at], this.#keys[at]];
    if (signs === undefined || key === undefined) return false;
    return this.#claims.get(key) === at || Object.values(signs.keys).includes(key);
  }

  #eachOpen(work: (signs: EntrySigns, at: number) => void): void {
    for (const [at, signs] of this.#signs.entries()) if (this.#keys[at] === undefined) work(signs, at);
  }

  #ownKeys(signs: EntrySigns): readonly string[] {
    const { guid, page, text } = signs.keys;
    const former = this.index.hasFormer ? formerKeysOf(signs) : [];
    return [guid, page, text, ...former].filter((key) => key !== null);
  }

  /** Taken by another article of the document; one that looks the same, or has the same guid, is the same one repeated. */
  #isTaken(seen: SeenEntry, signs: EntrySigns): boolean {
    const claimant = this.#signs[this.#claims.get(seen.key) ?? -1];
    if (claimant === undefined) return false;
    const isRepeat = claimant.parts.page === signs.parts.page && claimant.guid === signs.guid;
    return (
      claimant.entry.hash !== signs.entry.hash && !(isRepeat && !(signs.isGuidShared && signs.page === null))
    );
  }

  #claim(at: number, seen: SeenEntry): void {
    this.#keys[at] = seen.key;
    if (!this.#claims.has(seen.key)) this.#claims.set(seen.key, at);
  }

  #claimMoved(at: number, seen: SeenEntry, how: 'moved' | 'movedAddress'): void {
    this.#claim(at, seen);
    this.evidence[how] += 1;
  }

  /** The rung this feed has come down to by what is remembered and by what this document showed. */
  readonly #rung = () => distrustAfter(this.#memory.distrust, this.evidence, this.#context.today)?.rung;

  readonly #isFree = (seen: SeenEntry): boolean => !this.#claims.has(seen.key);

  #freeUnchanged(signs: EntrySigns): SeenEntry | undefined {
    if (signs.page === null && !signs.isTelling) return undefined;
    const alike = this.index.byHash.get(signs.entry.hash) ?? [];
    const former = this.index.hasFormer ? (this.index.byHash.get(formerHashOf(signs)) ?? []) : [];
    const isSure = namesArticle(signs.page) || this.#memory.distrust !== undefined;
    return [...alike, ...former].find((seen) => this.#isFree(seen) && (isSure || !isReadAnew(signs, seen)));
  }

  #freeOnPage(signs: EntrySigns): SeenEntry | undefined {
    const { page, parts, entry } = signs;
    if (page === null) return undefined;
    const isSure = namesArticle(page) || this.#rung() !== undefined;
    return this.index.byPage.get(parts.page)?.find((seen) => {
      const before = hashParts(seen.hash);
      const isClose =
        before?.title === parts.title || (entry.summary !== '' && before?.summary === parts.summary);
      const isRecent = seen.leftDay === null || this.#context.today - seen.leftDay <= missingDaysMax;
      if (!this.#isFree(seen)) return false;
      return isSure ? isClose || isRecent : isClose && isRecent && !isReadAnew(signs, seen);
    });
  }

  #freeWithText(signs: EntrySigns): SeenEntry | undefined {
    if (!signs.isTelling) return undefined;
    const { title, summary } = signs.parts;
    return this.index.byText.get(title + summary)?.find((seen) => this.#isFree(seen) && isOld(signs, seen));
  }

  /** Nothing goes by any name it had, but several titles are those of dated entries that were listed: a move of them all. */
  #isWhollyMoved(): boolean {
    if (this.#claims.size > 0) return false;
    const titles = new Set<string>();
    this.#eachOpen((signs) => {
      const isKnown = signs.publishedDay !== null && this.#freeWithTitle(signs, true) !== undefined;
      if (isKnown) titles.add(signs.parts.title);
    });
    return titles.size > 1;
  }

  #freeWithTitle(signs: EntrySigns, isMoved: boolean): SeenEntry | undefined {
    const isBare = signs.guid === null && signs.keys.page === null;
    if ((!isMoved && !isBare) || signs.entry.title.length < longTitleMin) return undefined;
    const fits = (seen: SeenEntry) => this.#isFree(seen) && seen.leftDay === null && isOld(signs, seen);
    return this.index.byTitle.get(signs.parts.title)?.find(fits);
  }

  #newKey(signs: EntrySigns): string {
    const guid = signs.isGuidShared ? null : signs.keys.guid;
    const { page, text } = signs.keys;
    const rung = this.#rung();
    const ladder =
      rung === undefined
        ? [guid, page, text]
        : rung === 'u' || !signs.isTelling
          ? [page, text, guid]
          : [text, page, guid];
    const free = ladder.find((key) => key !== null && !this.index.byKey.has(key));
    return free ?? `${text.charAt(0)}${digest(`${text}\n${signs.entry.hash}`)}`;
  }
}

/** Published since means that a text which repeats, like that of a weekly letter, is another issue. */
const isOld = ({ publishedDay }: EntrySigns, seen: SeenEntry): boolean =>
  publishedDay === null ? seen.leftDay === null : publishedDay <= seen.seenDay;

/** What makes two entries of one document one and the same: page, title and summary; or a telling text of one day. */
function looksOf(signs: EntrySigns): readonly string[] {
  const { page, isTelling, parts, publishedDay, entry } = signs;
  return [
    ...(page === null && !isTelling ? [] : [entry.hash]),
    ...(isTelling ? [`${parts.title}${parts.summary} ${publishedDay}`] : []),
  ];
}
