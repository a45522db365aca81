import * as z from 'zod/mini';
import { entryMarks } from './entry.ts';
import { sourceKinds } from './feed.ts';

/** SQS allows 1 MiB a message since 2025 and 256 KiB before; we stay under the older bound. Source: SQS quotas. */
export const messageBytesMax = 240_000;

/**
 * A turn on a public host: the request starts at `startAt` at the earliest and at `until` at the latest (epoch
 * milliseconds), or waits for another turn. `host` is the host's key (see host-key.ts). Turns of one host lie five seconds apart.
 */
const HostTurn = z.object({
  host: z.string().check(z.minLength(1), z.maxLength(255)),
  startAt: z.int().check(z.nonnegative()),
  until: z.int().check(z.nonnegative()),
});
export type HostTurn = z.infer<typeof HostTurn>;

/** Poll these feeds now. `trace` is the correlation id every later hop of this poll logs (see trace.ts). */
export const PollRequest = z.object({
  v: z.literal(1),
  /** Scheduled minute, epoch minutes. A request whose feed has had another turn since is dropped, not polled. */
  tick: z.int().check(z.nonnegative()),
  /** true: asked for by a person; intervals and backoff are ignored, only Retry-After is honoured. */
  forced: z.boolean(),
  feeds: z
    .array(
      z.object({
        id: z.string().check(z.minLength(1), z.maxLength(64)),
        trace: z.string().check(z.maxLength(128)),
        /** The feed's turn on its host; absent for the operator's own hosts and for what a person asks for. */
        turn: z.optional(HostTurn),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});
export type PollRequest = z.infer<typeof PollRequest>;

/**
 * A message as it travels: JSON in which surrogates and U+FFFE/U+FFFF are escaped. Queues differ in whether they take
 * characters beyond the basic plane as they are; the escaped form is taken by all and reads back the same.
 * Source: SQS SendMessage, "valid Unicode characters".
 */
export const messageText = (message: unknown): string =>
  JSON.stringify(message).replace(
    /[\ud800-\udfff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What the scheduler sends each minute; `time` is the scheduled instant, ISO 8601. */
export const ScheduleEvent = z.object({ time: z.iso.datetime({ offset: true }) });

const text = (codeUnitsMax: number) => z.string().check(z.maxLength(codeUnitsMax));
const time = z.nullable(text(32));

const EntryMessage = z.object({
  key: text(64),
  page: z.exactOptional(text(64)),
  hash: text(64),
  title: text(1_100),
  url: z.nullable(text(2_048)),
  published: time,
  updated: time,
  summary: text(2_100),
  authors: z.array(text(200)).check(z.maxLength(10)),
  categories: z.array(text(130)).check(z.maxLength(20)),
  lang: text(16),
  dateline: z.exactOptional(
    z.object({
      place: text(200),
      agency: z.exactOptional(text(100)),
      length: z.int().check(z.nonnegative()),
    }),
  ),
  agency: z.exactOptional(text(100)),
  withdrawn: z.exactOptional(z.literal(true)),
  marks: z.exactOptional(z.array(z.enum(entryMarks)).check(z.maxLength(entryMarks.length))),
  /** Day (since the epoch) on which the feed last handed the entry on; null when it is new to the feed. */
  handedDay: z.nullable(z.int()),
});

/** Store these entries of one poll of one feed. `seenAt` (ISO 8601) is first sight; `firstPoll` puts history in its past. */
export const IngestRequest = z.object({
  v: z.literal(1),
  feed: text(64),
  /** Of the feed's catalogue line, so that ingest need not know the catalogue of the same version. */
  source: text(64),
  kind: z.enum(sourceKinds),
  trace: text(128),
  /** Rises with each poll of the feed that read something new; orders what messages bring, whatever clocks say. */
  sequence: z.int().check(z.nonnegative()),
  seenAt: text(32),
  firstPoll: z.boolean(),
  entries: z.array(EntryMessage).check(z.minLength(1), z.maxLength(50)),
});
export type IngestRequest = z.infer<typeof IngestRequest>;
