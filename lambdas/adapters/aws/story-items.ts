import { listedTags, storyLine, wireTag } from '../../core/story/story-line.ts';
import type { PlacementPlan } from '../../core/words/cluster.ts';
import type { Story, StoryLine } from '../../core/words/story.ts';
import type { Position } from '../../core/query/position.ts';
import { epochSeconds, isExpired, type Table } from './dynamodb-table.ts';
import { packed, unpacked } from './line-codec.ts';
import { packedLine } from './packed-line.ts';
import { lineKey, positionOf, storyKey } from './story-keys.ts';

/** Bytes that one write unit pays for. Source: DynamoDB, read and write operations. */
const writeUnitBytes = 1_024;

/** Names of a row's attributes (`pk`, `sk`, `d`, `ver`, `exp`) with a version and a time, at most. */
const rowOverheadBytes = 30;

/** How long a tombstone stands guard; a writer lives for minutes. */
const tombstoneSeconds = 86_400;

/** What every row about a story has. */
export interface Versioned {
  readonly pk: string;
  readonly sk: string;
  readonly ver: number;
  readonly exp?: number;
}

/**
 * What the table holds of a story: `d` packed JSON, `ver` the version, `exp` epoch seconds. The story's own item only:
 * `drop` the listings its last rewrite took it out of, `plan` what placing it set out to do, packed.
 */
export interface StoryItem extends Versioned {
  readonly d: Uint8Array;
  readonly drop?: readonly string[];
  readonly plan?: Uint8Array;
}

/** An item as the client gives it, checked to be of this shape; throws naming the key when the table holds anything else. */
export function storyItemFrom(item: Readonly<Record<string, unknown>>): StoryItem {
  const { pk, sk, d, ver, exp, drop, plan } = item;
  const wellFormed =
    typeof pk === 'string' && typeof sk === 'string' && d instanceof Uint8Array && typeof ver === 'number';
  if (!wellFormed)
    throw new Error(`Expected a packed story row at ${String(pk)} / ${String(sk)}, got another shape`);
  const dropped = Array.isArray(drop) ? { drop: drop.filter((tag) => typeof tag === 'string') } : {};
  const planned = plan instanceof Uint8Array ? { plan } : {};
  return { pk, sk, d, ver, ...(typeof exp === 'number' ? { exp } : {}), ...dropped, ...planned };
}

/** The instant from which a story's retention runs: its last change, or its first sight while it has none. ISO 8601. */
export const keptFrom = ({ firstSeen, updated }: Pick<Story, 'firstSeen' | 'updated'>): string =>
  updated > firstSeen ? updated : firstSeen;

/** `exp` attribute of a story's rows; empty when stories are kept for ever (retentionDays 0). */
export function expiry(story: Pick<Story, 'firstSeen' | 'updated'>, retentionDays: number): { exp?: number } {
  if (retentionDays === 0) return {};
  return { exp: Math.floor(Date.parse(keptFrom(story)) / 1_000) + retentionDays * 86_400 };
}

/** What a story's own item says besides the story: listings that this version no longer stands in, and a plan in hand. */
export interface Unfinished {
  readonly dropped: readonly string[];
  readonly plan: PlacementPlan | null;
}

/** The story's own item. */
export function storyItem(
  story: Story,
  retentionDays: number,
  { dropped, plan }: Unfinished = { dropped: [], plan: null },
): StoryItem {
  return {
    ...storyKey(story.id),
    d: packed(story),
    ver: story.version,
    ...expiry(story, retentionDays),
    ...(dropped.length === 0 ? {} : { drop: dropped }),
    ...(plan === null ? {} : { plan: packed(plan) }),
  };
}

/** What a story's item says it had set out to do. */
export const planOf = ({ plan }: StoryItem): PlacementPlan | null =>
  plan === undefined ? null : trusted<PlacementPlan>(unpacked(plan));

/** A story as it was packed by storyItem. Rows are written only by this module, so their shape is trusted. */
export const storyOf = (item: StoryItem): Story => trusted<Story>(unpacked(item.d));

/**
 * One row per listing the story stands in; `wire` is apart because it is written last: where it is, all others are.
 * Every row is complete in itself and of one version (invariant I5). A row costs one write unit; with copies it may cost
 * two, so that "also reported by" is not cut to make room.
 */
export function lineItems(story: Story, retentionDays: number): { tagged: StoryItem[]; wire: StoryItem } {
  const keys = listedTags(story).map((tag) => lineKey(tag, story));
  const keyBytes = Math.max(...keys.map(({ pk, sk }) => Buffer.byteLength(pk) + Buffer.byteLength(sk)));
  const units = story.copies.length > 0 ? 2 : 1;
  const d = packedLine(storyLine(story), units * writeUnitBytes - rowOverheadBytes - keyBytes);
  const row = (tag: string): StoryItem => ({
    ...lineKey(tag, story),
    d,
    ver: story.version,
    ...expiry(story, retentionDays),
  });
  const tagged = listedTags(story).filter((tag) => tag !== wireTag);
  return { tagged: tagged.map(row), wire: row(wireTag) };
}

/**
 * What stands in a listing that a story left: refuses the late row of a slow writer for a day, or until the story itself
 * may be claimed anew. Readers pass over it by `gone`.
 */
export function tombstone(tag: string, story: Story, table: Pick<Table, 'clock' | 'retentionDays'>) {
  const { exp = Number.POSITIVE_INFINITY } = expiry(story, table.retentionDays);
  const dayFromNow = epochSeconds(table) + tombstoneSeconds;
  return { ...lineKey(tag, story), ver: story.version, exp: Math.min(exp, dayFromNow), gone: true };
}

/** May a reader be given this row of a listing? Not when it is past its time or a tombstone. */
export const isServed = (row: Readonly<Record<string, unknown>>, now: number): boolean =>
  row.gone !== true && !isExpired(row, now);

/** The line of a listing row; id and sort time stand in the key. */
export function lineOf(item: Pick<StoryItem, 'sk' | 'd'>): { line: StoryLine; position: Position } {
  const position = positionOf(item.sk);
  return { position, line: { ...trusted<StoryLine>(unpacked(item.d)), ...position } };
}

// JSON of our own making comes back with the type it went in with.
const trusted = <T>(value: unknown): T => value as T;
