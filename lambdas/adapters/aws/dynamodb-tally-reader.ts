import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { entriesOf, type RolledDay } from '../../core/tally/rolled-day.ts';
import type { TallyEntry } from '../../core/tally/tally-entry.ts';
import { datesBetween } from '../../core/tally/dates.ts';
import { isoTime } from '../../core/words/time.ts';
import type { TallyReader } from '../../ports.ts';
import { isExpired, type Table } from './dynamodb-table.ts';
import type { RolledHeader } from './dynamodb-tally.ts';
import { type Charged, readEntries, readHeaders } from './dynamodb-tally-rows.ts';
import { unpacked } from './line-codec.ts';
import { lateTallyPartition, rolledDayKey, tallyPartition } from './story-keys.ts';

/** Days asked for at the same time: half of the connections that the client keeps. Source: AWS SDK, maxSockets. */
const daysAtOnce = 25;

/** A window and its baseline; a caller that asks for more has not checked what it was asked. */
const daysMax = 130;

/** Stories of rolled days that a warm process remembers, about 400 bytes each. */
const rememberedStoriesMax = 60_000;

/** Generations of late stories that are read beside a roll-up; with more, its day is read row by row. */
const lateGenerationsMax = 4;

/** A day of 30,000 stories unfolds to some 4 MB in two parts. */
const partBytesMax = 16_000_000;

/**
 * Counted stories from DynamoDB. A day that is rolled up costs one Get of some 30 bytes a story, which a warm process
 * remembers until there is another roll-up, and a Query where stories of it were written late; any other day one Query of
 * some 130 bytes a story. Which are rolled up is one Query.
 */
export function createDynamoTallyReader(table: Table): TallyReader {
  const remembered = createMemory(rememberedStoriesMax);
  return {
    days: async ({ since, until }) => {
      // Nothing stands in the future, and a day more allows for clocks that differ.
      const end = [until, isoTime(table.clock() + 86_400_000)].sort()[0] ?? until;
      const days = datesBetween(since, end);
      if (days.length > daysMax) throw new Error(`Expected at most ${daysMax} days, got ${days.length}`);
      const [first, last] = [days[0], days.at(-1)];
      if (first === undefined || last === undefined) return { entries: [], readUnits: 0 };
      const headers = await readHeaders(table, first, last);
      let { readUnits } = headers;
      const entries: TallyEntry[] = [];
      for (let at = 0; at < days.length; at += daysAtOnce) {
        const group = days.slice(at, at + daysAtOnce);
        const found = await Promise.all(
          group.map((day) => readDay(table, { day, header: headers.value.get(day) ?? null, remembered })),
        );
        for (const day of found) {
          readUnits += day.readUnits;
          for (const entry of day.value) {
            if (entry.sortTime >= since && entry.sortTime < until) entries.push(entry);
          }
        }
      }
      return { entries, readUnits };
    },
  };
}

interface DayRequest {
  readonly day: string;
  readonly header: RolledHeader | null;
  readonly remembered: Memory;
}

/** The stories of a day that are not past their time, each once, in its newest version. */
async function readDay(table: Table, request: DayRequest): Promise<Charged<readonly TallyEntry[]>> {
  const { day, header } = request;
  const rolled = header === null ? null : await readRolledDay(table, { ...request, header });
  if (rolled !== null) return rolled;
  const { value, readUnits } = await readEntries(table, day, { pk: tallyPartition(day) });
  return { value: living(table, value), readUnits };
}

const living = (table: Table, entries: readonly TallyEntry[]): readonly TallyEntry[] => {
  const now = table.clock();
  return entries.filter(({ expires }) => !isExpired({ exp: expires }, now));
};

/** The roll-up of a day with what was written late; null when there is none that is whole. */
async function readRolledDay(
  table: Table,
  { day, header, remembered }: DayRequest & { readonly header: RolledHeader },
): Promise<Charged<readonly TallyEntry[]> | null> {
  const { begun, done, late } = header;
  if (done === 0 || begun - done >= lateGenerationsMax) return null;
  const known = remembered.get(day, done);
  const lateOnes = Array.from({ length: late < done ? 0 : begun - done + 1 }, (_, at) =>
    readEntries(table, day, { pk: lateTallyPartition(day, done + at) }),
  );
  const rolled = known === null ? await readParts(table, header) : { value: known, readUnits: 0 };
  const later = await Promise.all(lateOnes);
  if (rolled === null) return null;
  if (known === null) remembered.keep(day, done, rolled.value);
  const readUnits = later.reduce((sum, one) => sum + one.readUnits, rolled.readUnits);
  return {
    value: merged([rolled.value, ...later.map(({ value }) => value)].map((list) => living(table, list))),
    readUnits,
  };
}

/** The newest version of each story. Those past their time are out of it: an id that was claimed anew counts from 1 again. */
function merged(lists: readonly (readonly TallyEntry[])[]): readonly TallyEntry[] {
  const [only, ...others] = lists;
  if (only !== undefined && others.every((list) => list.length === 0)) return only;
  const newest = new Map<string, TallyEntry>();
  for (const entry of lists.flat()) {
    const name = `${entry.sortTime}#${entry.key}`;
    const known = newest.get(name);
    if (known === undefined || entry.version >= known.version) newest.set(name, entry);
  }
  return [...newest.values()];
}

/** The parts of a roll-up; null when one is missing or of another generation, as for a moment after a new one was begun. */
async function readParts(table: Table, header: RolledHeader): Promise<Charged<TallyEntry[]> | null> {
  const { day, done, parts } = header;
  const read = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      table.client.send(
        new GetCommand({
          TableName: table.name,
          Key: rolledDayKey(day, done, part),
          ReturnConsumedCapacity: 'TOTAL',
        }),
      ),
    ),
  );
  const entries: TallyEntry[] = [];
  for (const { Item } of read) {
    if (Item?.gen !== done || !(Item.d instanceof Uint8Array)) return null;
    entries.push(...entriesOf(day, trusted<RolledDay>(unpacked(Item.d, partBytesMax))));
  }
  const readUnits = read.reduce(
    (sum, { ConsumedCapacity }) => sum + (ConsumedCapacity?.CapacityUnits ?? 0),
    0,
  );
  return { value: entries, readUnits };
}

// Rows are written by the roll-up alone, so they come back with the type they went in with.
const trusted = <T>(value: unknown): T => value as T;

/** Rolled days by day and generation; the one asked for longest ago goes first. */
interface Memory {
  get(day: string, generation: number): readonly TallyEntry[] | null;
  keep(day: string, generation: number, entries: readonly TallyEntry[]): void;
}

function createMemory(storiesMax: number): Memory {
  const days = new Map<string, { readonly generation: number; readonly entries: readonly TallyEntry[] }>();
  let stories = 0;
  const forget = (day: string) => {
    stories -= days.get(day)?.entries.length ?? 0;
    days.delete(day);
  };
  return {
    get: (day, generation) => {
      const known = days.get(day);
      if (known?.generation !== generation) return null;
      days.delete(day);
      days.set(day, known);
      return known.entries;
    },
    keep: (day, generation, entries) => {
      forget(day);
      if (entries.length > storiesMax) return;
      days.set(day, { generation, entries });
      stories += entries.length;
      for (const oldest of days.keys()) {
        if (stories <= storiesMax) break;
        forget(oldest);
      }
    },
  };
}
