import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dateOf, datesBefore } from '../../core/tally/dates.ts';
import { rolledDay } from '../../core/tally/rolled-day.ts';
import type { TallyEntry } from '../../core/tally/tally-entry.ts';
import { epochSeconds, ifAllowed, isExpired, type Table } from './dynamodb-table.ts';
import { type RolledHeader, readHeader, settledAfterMs } from './dynamodb-tally.ts';
import { readEntries, readHeaders } from './dynamodb-tally-rows.ts';
import { packed } from './line-codec.ts';
import { lateTallyPartition, rolledDayKey, rolledDaysPartition, tallyPartition } from './story-keys.ts';

/** What a process does about roll-ups from time to time. */
export interface TallyRollup {
  /**
   * Rolls up some days that have settled, at most once an hour; gives them. Nothing depends on when it is done, or by how
   * many at once: counts are exact without, and dearer. Throws a store's fault; the next call goes on.
   */
  settle(): Promise<readonly string[]>;
}

const hourMs = 3_600_000;

/** As far back as a window reaches. */
const daysBackMax = 92;

/** Days rolled up in one go: some 60 read units and 80 write units each at 2,000 stories a day. */
const daysAtOnceMax = 4;

/** A roll-up is done anew when so many stories, and a quarter of its own, are read beside it. */
const lateStoriesMin = 50;

/** Stories in one row: some 120 KB of the 400 KB that a row may have. */
const partStoriesMax = 4_000;

/** Roll-ups on DynamoDB. */
export function createTallyRollup(table: Table): TallyRollup {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    settle: async () => {
      const now = table.clock();
      if (now - askedAt < hourMs) return [];
      askedAt = now;
      const rolled: string[] = [];
      for (const day of await daysToRoll(table, now)) if (await rollUp(table, day)) rolled.push(day);
      return rolled;
    },
  };
}

/** Days that have settled and are not rolled up, and those with many late stories, the newest first. */
async function daysToRoll(table: Table, now: number): Promise<readonly string[]> {
  const open = dateOf(now - settledAfterMs);
  const days = datesBefore(open, daysBackMax);
  const [last = open, first = open] = [days[0], days.at(-1)];
  const { value: headers } = await readHeaders(table, first, last);
  const wanted: string[] = [];
  for (const day of days) {
    if (wanted.length === daysAtOnceMax) break;
    const header = headers.get(day);
    if (header === undefined || header.done === 0 || (await isOutgrown(table, header))) wanted.push(day);
  }
  return wanted;
}

/** Are there so many late stories that reading them costs more than a roll-up would? */
async function isOutgrown(table: Table, header: RolledHeader): Promise<boolean> {
  const { day, begun, done, late, stories } = header;
  if (late < done) return false;
  const { Count = 0 } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': lateTallyPartition(day, begun) },
      Select: 'COUNT',
    }),
  );
  return Count >= Math.max(lateStoriesMin, stories / 4);
}

/**
 * Rolls up one day. It is begun before the day's rows are read, so that whoever writes one after that finds it begun and
 * writes it among the late ones too. False when somebody else began in between, and then theirs counts.
 */
export async function rollUp(table: Table, day: string): Promise<boolean> {
  const before = await readHeader(table, day);
  const generation = (before?.begun ?? 0) + 1;
  if (!(await begin(table, day, before))) return false;
  const { value } = await readEntries(table, day, { pk: tallyPartition(day), consistent: true });
  const now = table.clock();
  const entries = value.filter(({ expires }) => !isExpired({ exp: expires }, now));
  const parts: TallyEntry[][] = [];
  for (let at = 0; at < entries.length; at += partStoriesMax)
    parts.push(entries.slice(at, at + partStoriesMax));
  const exp = lastsUntil(entries);
  for (const [part, stories] of parts.entries()) {
    const d = packed(rolledDay(day, stories));
    const Item = { ...rolledDayKey(day, generation, part), gen: generation, d, ...exp };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  return finish(table, day, { generation, parts: parts.length, stories: entries.length, ...exp });
}

/** A roll-up goes with the last of its stories; without any it stays, being next to nothing. */
function lastsUntil(entries: readonly TallyEntry[]): { readonly exp?: number } {
  const lives = entries.flatMap(({ expires }) => (expires === null ? [] : [expires]));
  if (lives.length === 0 || lives.length < entries.length) return {};
  return { exp: lives.reduce((last, life) => Math.max(last, life), 0) };
}

/** Begins the generation after that of the header as it was read; one past its time counts as none, with all it says. */
function begin(table: Table, day: string, before: RolledHeader | null): Promise<boolean> {
  const first = {
    UpdateExpression: 'SET begun = :next, done = :none, late = :none REMOVE exp',
    ConditionExpression: 'attribute_not_exists(begun) OR exp <= :now',
    ExpressionAttributeValues: { ':next': 1, ':none': 0, ':now': epochSeconds(table) },
  };
  const next = {
    UpdateExpression: 'SET begun = :next',
    ConditionExpression: 'begun = :before',
    ExpressionAttributeValues: { ':next': (before?.begun ?? 0) + 1, ':before': before?.begun ?? 0 },
  };
  const Key = { pk: rolledDaysPartition, sk: day };
  const update = { TableName: table.name, Key, ...(before === null ? first : next) };
  return ifAllowed(table.client.send(new UpdateCommand(update)));
}

interface Finished {
  readonly generation: number;
  readonly parts: number;
  readonly stories: number;
  readonly exp?: number;
}

function finish(table: Table, day: string, { generation, parts, stories, exp }: Finished): Promise<boolean> {
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: rolledDaysPartition, sk: day },
        UpdateExpression: `SET done = :done, parts = :parts, n = :n${exp === undefined ? '' : ', exp = :exp'}`,
        ConditionExpression: 'begun = :done',
        ExpressionAttributeValues: {
          ':done': generation,
          ':parts': parts,
          ':n': stories,
          ...(exp !== undefined && { ':exp': exp }),
        },
      }),
    ),
  );
}
