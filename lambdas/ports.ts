import type { FetchResult } from './core/fetch/fetch-result.ts';
import type { Position } from './core/query/position.ts';
import type { EventName } from './core/words/events.ts';
import type { FeedHealth } from './core/poll/feed-health.ts';
import type { FeedState, ScheduleRow } from './core/poll/feed-state.ts';
import type { RetagMode, RetagProgress } from './core/retag/retag-progress.ts';
import type { TickRow } from './core/schedule/tick-row.ts';
import type { TallyEntry } from './core/tally/tally-entry.ts';
import type { Cluster, PlacementPlan } from './core/words/cluster.ts';
import type { Story, StoryLine } from './core/words/story.ts';

/** Milliseconds since the epoch. The only source of time for every hop. */
export type Clock = () => number;

/** Resolves after so many milliseconds. Apart from the clock, the only way a hop may let time pass. */
export type Pause = (milliseconds: number) => Promise<void>;

/** One structured line per event. Fields are ids and counts; an error goes in as `error`. */
export interface Log {
  info(event: EventName, fields: Readonly<Record<string, unknown>>): void;
  warn(event: EventName, fields: Readonly<Record<string, unknown>>): void;
  error(event: EventName, fields: Readonly<Record<string, unknown>>): void;
}

/** A queue we write to. `send` resolves when every message is accepted and throws a QueueError otherwise. */
export interface Queue<Message> {
  send(messages: readonly { readonly body: Message; readonly delaySeconds?: number }[]): Promise<void>;
}

/**
 * Validators are sent verbatim as If-None-Match and If-Modified-Since; absent means an unconditional request. They go
 * to `validatorsUrl` only (absent: to `url`), so that a feed behind a redirect is still asked conditionally.
 */
export interface FetchRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly validatorsUrl?: string;
}

/** A guarded, bounded GET. Never throws: whatever goes wrong on the network is a failure value. */
export interface FeedFetcher {
  fetch(request: FetchRequest): Promise<FetchResult>;
}

/**
 * Lets work on a host start when it is that host's turn (at most two at once, spaced, not before `startAt` in epoch
 * milliseconds); passes on what the work gives.
 */
export interface HostGate {
  run<Result>(url: string, work: () => Promise<Result>, startAt?: number): Promise<Result>;
  /** Notes that the host of this address asked to be left alone until then (epoch milliseconds). */
  hold(url: string, until: number): void;
  /** Until when the host of this address is to be left alone, as far as this process knows; 0 when it is not. */
  heldUntil(url: string): number;
}

/** What the schedule reads each minute: the rows of all feeds that have one, in no order, and hosts that wait, by key, until when. */
export interface ScheduleView {
  readonly rows: readonly ScheduleRow[];
  readonly hostWaits: ReadonlyMap<string, number>;
}

/** Feed state: one row per feed, versioned; plus the compact rows the schedule reads. Times are epoch milliseconds. */
export interface FeedStateStore {
  load(feedId: string): Promise<FeedState | null>;
  /** Saves the successor of `previous` (null: the first); false: another poll saved first and nothing changed. */
  save(state: FeedState, previous: FeedState | null): Promise<boolean>;
  schedule(): Promise<ScheduleView>;
  /** The schedule rows of all feeds that have one, in no order. */
  scheduleRows(): Promise<readonly ScheduleRow[]>;
  /** How far the schedule has come. */
  tickRow(): Promise<TickRow>;
  /** Saves the successor of `previous`; false: another run saved first and nothing changed. */
  saveTickRow(row: TickRow, previous: TickRow): Promise<boolean>;
  /** Notes that a feed without a schedule row, or with one for another address, was asked: not again before that instant. */
  hold(feed: { readonly id: string; readonly url: string }, notBefore: number): Promise<void>;
  /** Has the feed of this state scheduled again from that instant on; nothing when its row is newer than the state. */
  putOff(state: FeedState, notBefore: number): Promise<void>;
  /** Until when a host (by its key) is to be left alone; 0 when it is not. */
  hostWait(host: string): Promise<number>;
  /** Notes that a host asked to be left alone until then; never shortens a wait. */
  saveHostWait(host: string, until: number): Promise<void>;
}

/**
 * A stored story and how far its listings have come: `listed` is the version that stands on the wire (0: none), `complete`
 * whether that is the one stored; a crash between two writes leaves it behind. `dropped` are the listings it left that may
 * still show it, `plan` is what placing it set out to do (null: nothing, or not placed yet).
 */
export interface StoredStory {
  readonly story: Story;
  readonly listed: number;
  readonly complete: boolean;
  readonly dropped: readonly string[];
  readonly plan: PlacementPlan | null;
}

/** Writing side of the wire. Every write is idempotent under a deterministic key. */
export interface StoryWriter {
  find(id: string): Promise<StoredStory | null>;
  /** The story as it stands now, whatever its listings show: half of what `find` costs. */
  current(id: string): Promise<Story | null>;
  /** Claims the id for a story that no listing shows yet; 'exists' when another holds it, and then nothing is written. */
  claim(story: Story): Promise<'claimed' | 'exists'>;
  /**
   * Stores the next version of `stored` with what it is about to do, its own item alone: the listings follow with
   * `publish`. Gives what is stored then; null when another version is stored by now, and then nothing is written.
   */
  amend(story: Story, stored: StoredStory, plan: PlacementPlan | null): Promise<StoredStory | null>;
  /** Brings every listing up to the story, or to the version that is stored by the time it is done. The wire comes last. */
  publish(stored: StoredStory): Promise<void>;
  /** Claims and publishes in one, for a story that is not placed. */
  create(story: Story): Promise<'created' | 'exists'>;
  /** Replaces `previous`, which is complete, by its next version; 'conflict' when another version is stored by now. */
  replace(story: Story, previous: Story): Promise<'replaced' | 'conflict'>;
  /**
   * Writes the story's own item anew at the version it has, for what no listing shows; 'conflict' when another version is
   * stored by now. One write unit or two.
   */
  stamp(story: Story, stored: StoredStory): Promise<'stamped' | 'conflict'>;
}

/** Other names of stories: ids under which other feeds of the source would have stored them. */
export interface StoryAliases {
  /** The id of the story that goes by this one, itself or another; null when neither story nor name stands there. */
  target(id: string): Promise<string | null>;
  /**
   * Makes `id` a name of the story `target` until then (epoch milliseconds, null: for ever), if nothing stands there; gives
   * the story that goes by `id` afterwards. Idempotent; of several at once one wins and all are told which.
   */
  claim(id: string, target: string, keptUntil: number | null): Promise<string>;
}

/** Where stories of one event find each other, and the clusters they form. Everything under a key passes with time. */
export interface ClusterStore {
  /** Makes a story findable under each of these keys. Idempotent; a row per key. */
  announce(line: StoryLine, keys: readonly string[]): Promise<void>;
  /**
   * The stories announced under any of these keys since that instant (ISO 8601, their sort time), each once, those under
   * most of the keys first; of each key the newest, a bounded number. Sees every announcement that was acknowledged before the call.
   */
  candidates(keys: readonly string[], since: string): Promise<readonly StoryLine[]>;
  /** Consistent. `members` is empty when every member has gone to other clusters. */
  cluster(id: string): Promise<Cluster | null>;
  /** Saves the successor of what has version `previous` (0: nothing yet); false: another save came first and nothing changed. */
  save(cluster: Cluster, previous: number): Promise<boolean>;
}

/** How far re-tagging has come: one row for each mode, versioned. */
export interface RetagProgressStore {
  load(mode: RetagMode): Promise<RetagProgress | null>;
  /** Saves the successor of what has version `previous` (0: nothing yet); false: another run saved first and nothing changed. */
  save(progress: RetagProgress, previous: number): Promise<boolean>;
}

/**
 * One page of the stories that carry any of `tags` and pass `accepts`. `others` are further groups of tags of which every
 * such story carries one too: the adapter may read one of them in place of `tags`, whichever holds the fewest stories. `since` (inclusive) and `until` (exclusive)
 * bound sortTime. The adapter reads at most `rowsMax` rows and stops early with `next` set when that bound is reached.
 */
export interface PageRequest {
  readonly tags: readonly string[];
  readonly others?: readonly (readonly string[])[];
  readonly limit: number;
  readonly after: Position | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly rowsMax: number;
  readonly accepts: (line: StoryLine) => boolean;
}

/** `next` is null when nothing older can match. `readUnits` is what the store charged. */
export interface Page {
  readonly lines: readonly StoryLine[];
  readonly next: Position | null;
  readonly readUnits: number;
}

/**
 * What was counted of each story whose sort time is in [since, until) (ISO 8601), in no order, each once in its newest
 * version; at most 130 days. `readUnits` is what the store charged.
 */
export interface TallyReader {
  days(window: { readonly since: string; readonly until: string }): Promise<{
    readonly entries: readonly TallyEntry[];
    readonly readUnits: number;
  }>;
}

/** How each feed fares, as of its last poll that was worth a write; feeds that were never polled have none. In no order. */
export interface FeedHealthReader {
  feedHealth(): Promise<readonly FeedHealth[]>;
}

/** Reading side of the wire. */
export interface StoryReader {
  story(id: string): Promise<Story | null>;
  page(request: PageRequest): Promise<Page>;
  /** Stories put on the wire, less months wholly past retention, and the first-seen time of the newest; for /healthz. */
  totals(): Promise<{ readonly stories: number; readonly newestStory: string | null }>;
}
