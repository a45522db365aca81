import { storyId } from '../core/identity/identity.ts';
import { twinKey } from '../core/identity/twin-key.ts';
import type { Entry } from '../core/words/entry.ts';
import type { StoryAliases } from '../ports.ts';

/** What finding the story of an entry needs. */
export interface ResolveDeps {
  readonly aliases: StoryAliases;
  /** Days a story is kept; 0 for ever. */
  readonly retentionDays: number;
}

const dayMs = 86_400_000;

/** A story is kept longer when it is edited, and its names must not go before it. */
const nameDaysMore = 90;

/** A text names its story for so long; the same words later are another issue of something that repeats. */
const twinDays = 3;

/**
 * Id of the story that an entry is. In a source with one feed it follows from the entry's key alone. With several, an article
 * has a key in each: the first to bring it names the story after its page, and every other key becomes a name of that
 * story. Whoever claims a name first wins and the others follow, so two feeds at once, a redelivery and a crash between any
 * two calls end in one story. For a new entry one read and, unless its guid is its page's address, one write unit; two more
 * reads and one more write for one with a telling text.
 */
export async function resolveStoryId(
  { aliases, retentionDays }: ResolveDeps,
  entry: Pick<Entry, 'key' | 'page' | 'title' | 'summary'>,
  { source, seenAt }: { readonly source: string; readonly seenAt: string },
): Promise<string> {
  const own = storyId(source, entry.key);
  if (entry.page === undefined) return own;
  const known = await aliases.target(own);
  if (known !== null) return known;
  const page = storyId(source, entry.page);
  const now = Date.parse(seenAt);
  const keptUntil = retentionDays === 0 ? null : now + (retentionDays + nameDaysMore) * dayMs;
  const there = page === own ? null : await aliases.target(page);
  const target = there ?? (await firstOfTwins());
  return aliases.claim(own, target, keptUntil);

  /** The story with the same text at another address, whose name the page then is; the page's own story if there is none. */
  async function firstOfTwins(): Promise<string> {
    const twin = twinKey(entry);
    if (twin === null) return page;
    const first = await aliases.claim(storyId(source, twin), page, now + twinDays * dayMs);
    return first === page ? page : aliases.claim(page, first, keptUntil);
  }
}
