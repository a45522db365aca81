import { isSameText } from '../identity/comparable-text.ts';
import { formerContentHash } from '../identity/former-identity.ts';
import { contentHash, hashParts } from '../identity/identity.ts';
import { isWithdrawnHash } from '../identity/withdrawn-entries.ts';
import type { Entry } from '../words/entry.ts';
import type { Feed } from '../words/feed.ts';
import type { Sighting, Story, Tags } from '../words/story.ts';
import { editWeight, historyWith, mayRevise, textMark } from './earlier-texts.ts';
import { noticeOf } from './notice.ts';
import { withdrawnStory } from './withdrawal.ts';

/** A late arrival keeps its own date in the listing only this far back, so that a reader who polls never misses it. */
const lateArrivalMsMax = 6 * 3_600_000;

/** What ingest knows of a sight besides the entry itself. `seenAt` is ISO 8601 UTC. */
export interface SightContext {
  readonly id: string;
  readonly feed: Pick<Feed, 'id' | 'source' | 'kind'>;
  readonly trace: string;
  readonly sequence: number;
  readonly seenAt: string;
  readonly firstPoll: boolean;
  /** Day (since the epoch) on which the feed last handed the entry on; null when it is new to the feed. */
  readonly handedDay: number | null;
  /** Days a story is kept; 0 for ever. */
  readonly retentionDays: number;
  readonly taxonomyVersion: number;
  /** Called only when the text is new or has changed. */
  readonly tag: (text: { title: string; summary: string }) => Tags;
}

/** What one sight of an entry means for the stored story. */
export type StoryDecision =
  | { readonly kind: 'create'; readonly story: Story }
  | { readonly kind: 'replace'; readonly disposition: 'updated' | 'known'; readonly story: Story }
  /** Nothing that a listing shows; the story at the version it has, with what was seen. */
  | { readonly kind: 'note'; readonly story: Story }
  | { readonly kind: 'known' }
  | { readonly kind: 'reject'; readonly reason: 'past-retention' };

/**
 * Decides what a sight of an entry does to the story stored under its id, or to none.
 * Same text in a feed that already carries it: known. A further feed of the source: listed, no edit. Another text in
 * the same feed: an edit (see `sameFeedDecision`). Messages may arrive out of order: what an earlier poll brought changes
 * nothing once a later one's sight is stored, and a later sight of the same text is noted, so that the earlier one is known
 * to be earlier. A deleted entry marks the story that its feed brought. An entry that is older than stories are kept is not brought back (invariant I3).
 * Frozen at first sight: id, published, firstSeen, sortTime, trace (invariant I6).
 */
export function decideStory(entry: Entry, stored: Story | null, context: SightContext): StoryDecision {
  if (stored === null) return entry.withdrawn === true ? { kind: 'known' } : firstDecision(entry, context);
  const { sequence, seenAt } = context;
  const sighting = { feed: context.feed.id, hash: entry.hash, sequence, seenAt };
  const earlier = stored.sightings.find((candidate) => candidate.feed === context.feed.id);
  if (earlier === undefined) {
    // A feed can take back only what it brought itself.
    if (entry.withdrawn === true) return { kind: 'known' };
    const story = { ...stored, sightings: [...stored.sightings, sighting], version: stored.version + 1 };
    return { kind: 'replace', disposition: 'known', story };
  }
  const isLater = sequence > earlier.sequence || (sequence === earlier.sequence && seenAt > earlier.seenAt);
  if (!isLater) return { kind: 'known' };
  const sightings = stored.sightings.map((other) => (other === earlier ? sighting : other));
  if (entry.withdrawn === true) return withdrawal({ ...stored, sightings }, seenAt);
  if (isSameSight(earlier, entry)) {
    const story = { ...stored, sightings, version: stored.version + 1 };
    return { kind: 'replace', disposition: 'known', story };
  }
  return sameFeedDecision(entry, { stored, earlier, noted: { ...stored, sightings } }, context);
}

function withdrawal(noted: Story, seenAt: string): StoryDecision {
  const story = withdrawnStory(noted, seenAt);
  return story === null ? { kind: 'note', story: noted } : { kind: 'replace', disposition: 'updated', story };
}

/** Has the feed the same text as before, whichever version the hash then had? */
const isSameSight = (earlier: Sighting, entry: Entry): boolean =>
  earlier.hash === entry.hash ||
  (hashParts(earlier.hash) === null && earlier.hash === formerContentHash(entry));

/** A feed's changed entry, the feed's sight before, and the story with the new sight noted. */
interface ChangedSight {
  readonly stored: Story;
  readonly earlier: Sighting;
  readonly noted: Story;
}

/**
 * What a changed entry does. Not an edit: what differs in nothing a reader would call one (a summary cut elsewhere); the
 * summary of a feed whose text the story does not show, as long as its title stays or becomes the story's. Another address
 * alone is taken over without a revision. Any other text is weighed by `editWeight`.
 */
function sameFeedDecision(
  entry: Entry,
  { stored, earlier, noted }: ChangedSight,
  context: SightContext,
): StoryDecision {
  // Listed again after it was deleted: a revision, unless that goes to and fro.
  if (stored.notice === 'retraction' && isWithdrawnHash(earlier.hash)) {
    if (!mayRevise(stored, context.seenAt)) return { kind: 'note', story: noted };
    return { kind: 'replace', disposition: 'updated', story: revisedStory(entry, noted, context) };
  }
  const isSameTitle = isSameText(entry.title, stored.title);
  const isSame = isSameTitle && isSameText(entry.summary, stored.summary);
  const weight = isSame ? 'note' : editWeight(stored, entry, context.seenAt);
  if (isSame && isMoved(entry, stored, earlier)) {
    const story = { ...noted, url: entry.url, version: stored.version + 1 };
    return { kind: 'replace', disposition: 'known', story };
  }
  if (weight === 'note' || isBesideShown(entry, stored, earlier)) return { kind: 'note', story: noted };
  const story =
    weight === 'revision'
      ? revisedStory(entry, noted, context)
      : { ...withText(entry, noted, context), followed: (stored.followed ?? 0) + 1 };
  return { kind: 'replace', disposition: 'updated', story };
}

/** The page has another address now; one that changes with each reading, or differs in tracking only, has not. */
function isMoved(entry: Entry, stored: Story, earlier: Sighting): boolean {
  if (entry.url === null || stored.url === entry.url) return false;
  const [before, now] = [hashParts(earlier.hash), hashParts(entry.hash)];
  return before !== null && now !== null && before.page !== now.page && before.page === pageOf(stored);
}

const pageOf = ({ url }: Story): string | undefined =>
  hashParts(contentHash({ title: '', summary: '', url }))?.page;

/** A feed that shows the article with a text of its own, and changed only that: the story keeps the text it shows. */
function isBesideShown(entry: Entry, stored: Story, earlier: Sighting): boolean {
  const [before, now] = [hashParts(earlier.hash), hashParts(entry.hash)];
  if (before === null || now === null || stored.sightings.length < 2) return false;
  const wasShown = before.title + before.summary === textMark(stored);
  return !wasShown && (before.title === now.title || isSameText(entry.title, stored.title));
}

const dayMs = 86_400_000;

/**
 * A story that is not stored is new, unless the feed handed it on so long ago that it has gone since (a story is kept from
 * its last change), or its own date is that old.
 */
function firstDecision(entry: Entry, context: SightContext): StoryDecision {
  const seenAt = Date.parse(context.seenAt);
  const dated = ownDate(entry);
  const keptSince = seenAt - context.retentionDays * dayMs;
  const isPast = (time: number) => context.retentionDays > 0 && time < keptSince;
  if (context.handedDay !== null && isPast((context.handedDay + 1) * dayMs)) return { kind: 'known' };
  if (dated !== null && isPast(Date.parse(dated))) return { kind: 'reject', reason: 'past-retention' };
  return { kind: 'create', story: firstStory(entry, context) };
}

function firstStory(entry: Entry, context: SightContext): Story {
  const { seenAt, feed } = context;
  const dated = ownDate(entry);
  const published = dated === null || dated > seenAt ? seenAt : dated;
  const lateMs = Date.parse(seenAt) - Date.parse(published);
  return {
    id: context.id,
    title: entry.title,
    url: entry.url,
    source: feed.source,
    kind: feed.kind,
    published,
    updated: changeTime(entry, published, seenAt),
    firstSeen: seenAt,
    sortTime: context.firstPoll || lateMs <= lateArrivalMsMax ? published : seenAt,
    revision: 1,
    version: 1,
    summary: entry.summary,
    authors: entry.authors,
    categories: entry.categories,
    ...natureOf(entry),
    lang: entry.lang,
    tags: context.tag(entry),
    taxonomyVersion: context.taxonomyVersion,
    copies: [],
    cluster: null,
    trace: context.trace,
    sightings: [{ feed: feed.id, hash: entry.hash, sequence: context.sequence, seenAt }],
  };
}

/** The story's next revision, with the text of before in its history. */
function revisedStory(entry: Entry, stored: Story, context: SightContext): Story {
  const { followed: _followed, ...story } = withText(entry, stored, context);
  return {
    ...story,
    history: historyWith(stored, entry),
    updated: context.seenAt,
    revision: stored.revision + 1,
  };
}

/** The story's next version, with the entry's text and what follows from it. */
function withText(entry: Entry, stored: Story, context: SightContext): Story {
  const { dateline: _dateline, agency: _agency, marks: _marks, notice: _notice, ...kept } = stored;
  return {
    ...kept,
    ...natureOf(entry),
    title: entry.title,
    url: entry.url ?? stored.url,
    summary: entry.summary,
    authors: entry.authors,
    categories: entry.categories,
    version: stored.version + 1,
    tags: context.tag(entry),
    taxonomyVersion: context.taxonomyVersion,
  };
}

/** What an entry says of itself besides its text: where from, by whom, and what kind of item it is. */
function natureOf(entry: Entry): Pick<Story, 'dateline' | 'agency' | 'marks' | 'notice'> {
  const { dateline, agency, marks } = entry;
  const notice = noticeOf(entry);
  return {
    ...(notice === null ? {} : { notice }),
    ...(dateline === undefined ? {} : { dateline }),
    ...(agency === undefined ? {} : { agency }),
    ...(marks === undefined ? {} : { marks }),
  };
}

/** Before there were feeds; a date like 1970 says that the publisher's software had none. */
const plausibleFrom = '1995-01-01T00:00:00.000Z';

/** The entry's own date: of publication, else of change; null when it has none that can be true. */
function ownDate({ published, updated }: Entry): string | null {
  return [published, updated].find((date) => date !== null && date >= plausibleFrom) ?? null;
}

/** The publisher's own time of change when it lies between publication and now, else the publication. */
function changeTime(entry: Entry, published: string, seenAt: string): string {
  if (entry.updated === null || entry.updated < published) return published;
  return entry.updated > seenAt ? seenAt : entry.updated;
}
