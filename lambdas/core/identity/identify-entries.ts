import type { SeenEntry } from '../poll/feed-state.ts';
import type { Entry } from '../words/entry.ts';
import { withBestOfRepeats } from './best-of-repeats.ts';
import { EntryMatching, type IdentityContext, type IdentityMemory } from './entry-matching.ts';
import { type EntrySigns, signsOf, type UnidentifiedEntry } from './entry-signs.ts';
import { type Distrust, distrustAfter } from './guid-trust.ts';
import { guidKey } from './identity.ts';
import { windowIndex } from './window-index.ts';

/** `entries` in their order, with their keys, repeats as the best of them; `window` as given, its hashes brought up to date. */
export interface Identified {
  readonly entries: readonly Entry[];
  readonly window: readonly SeenEntry[];
  readonly distrust: Distrust | undefined;
}

/**
 * Tells which entries of a document the feed has listed before, whatever it did to their guids, and gives every entry the
 * key it keeps. The ladder is guid, address of the page, text; each rung counts only where it tells entries apart:
 * 1. an entry has the key it had, found by its guid, its page or its text, when it is plausibly the same article;
 * 2. else it is an entry whose own key is gone from the document and which has the same text and page, the same page,
 *    or the same telling text: another guid for the same article;
 * 3. else it is what another entry of the document is;
 * 4. else it is new, under the first rung that this feed may be trusted with (see guid-trust.ts).
 * The same for every order of the entries; linear in entries and window; never throws.
 */
export function identifyEntries(
  items: readonly UnidentifiedEntry[],
  memory: IdentityMemory,
  context: IdentityContext,
): Identified {
  const signs = signsOf(items, context.addresses);
  const match = new EntryMatching(signs, memory, context);
  match.byOwnKey();
  match.byLooks();
  match.byTwin();
  match.byUnclearKey();
  match.byNewTwin();
  match.asNew();
  const pageOf = sourceKeys(context);
  const keyed = signs.map((one, at) => ({
    entry: { ...one.entry, key: match.keyAt(at), ...pageOf(one) },
    isOwner: match.isOwner(at),
  }));
  return {
    entries: withBestOfRepeats(keyed, match.index.byKey),
    window: memory.window.map((seen) => match.updated(seen)),
    distrust: distrustAfter(memory.distrust, match.evidence, context.today),
  };
}

/** By which key other feeds of the source know an entry: the one a sibling has for it, else that of its page. */
function sourceKeys({ siblings, isShared }: IdentityContext): (signs: EntrySigns) => Pick<Entry, 'page'> {
  if (!isShared) return () => ({});
  const { byPage, byText } = windowIndex(siblings);
  return ({ page, parts, isTelling, publishedDay }) => {
    const onPage = page === null ? undefined : byPage.get(parts.page)?.[0];
    const alike = isTelling ? byText.get(parts.title + parts.summary) : undefined;
    const sibling = onPage ?? alike?.find(({ seenDay }) => publishedDay !== null && publishedDay <= seenDay);
    if (sibling !== undefined) return { page: sibling.key };
    return page === null ? {} : { page: guidKey(page) };
  };
}
