import { listedTags, storyLine, wireTag } from '../../core/story/story-line.ts';
import type { Story, StoryLine } from '../../core/words/story.ts';
import type { Position } from '../../core/query/position.ts';
import { packed, unpacked } from './line-codec.ts';
import { lineKey, positionOf, storyKey } from './story-keys.ts';

/** Packed bytes of a listing row; with keys and numbers it then stays within one write unit of 1,024 bytes. */
const lineBytesMax = 860;

/**
 * What the table holds of a story: `d` packed JSON, `ver` the version, `exp` epoch seconds; `drop` (story's own item only)
 * the listings its last rewrite took it out of.
 */
export interface StoryItem {
  readonly pk: string;
  readonly sk: string;
  readonly d: Uint8Array;
  readonly ver: number;
  readonly exp?: number;
  readonly drop?: readonly string[];
}

/** An item as the client gives it, checked to be of this shape; throws naming the key when the table holds anything else. */
export function storyItemFrom(item: Readonly<Record<string, unknown>>): StoryItem {
  const { pk, sk, d, ver, exp, drop } = item;
  const wellFormed =
    typeof pk === 'string' && typeof sk === 'string' && d instanceof Uint8Array && typeof ver === 'number';
  if (!wellFormed)
    throw new Error(`Expected a packed story row at ${String(pk)} / ${String(sk)}, got another shape`);
  const dropped = Array.isArray(drop) ? { drop: drop.filter((tag) => typeof tag === 'string') } : {};
  return { pk, sk, d, ver, ...(typeof exp === 'number' ? { exp } : {}), ...dropped };
}

/** `exp` attribute for a story first seen then; empty when stories are kept for ever (retentionDays 0). */
export function expiry(story: Pick<Story, 'firstSeen'>, retentionDays: number): { exp?: number } {
  if (retentionDays === 0) return {};
  return { exp: Math.floor(Date.parse(story.firstSeen) / 1_000) + retentionDays * 86_400 };
}

/** The story's own item; `dropped` are listings that this version no longer stands in. */
export function storyItem(story: Story, retentionDays: number, dropped: readonly string[]): StoryItem {
  const drop = dropped.length === 0 ? {} : { drop: dropped };
  return {
    ...storyKey(story.id),
    d: packed(story),
    ver: story.version,
    ...expiry(story, retentionDays),
    ...drop,
  };
}

/** A story as it was packed by storyItem. Rows are written only by this module, so their shape is trusted. */
export const storyOf = (item: StoryItem): Story => trusted<Story>(unpacked(item.d));

/**
 * One row per listing the story stands in; `wire` is apart because it is written last: where it is, all others are.
 * Every row is complete in itself and of one version (invariant I5).
 */
export function lineItems(story: Story, retentionDays: number): { tagged: StoryItem[]; wire: StoryItem } {
  const d = packedLine(storyLine(story));
  const row = (tag: string): StoryItem => ({
    ...lineKey(tag, story),
    d,
    ver: story.version,
    ...expiry(story, retentionDays),
  });
  const tagged = listedTags(story).filter((tag) => tag !== wireTag);
  return { tagged: tagged.map(row), wire: row(wireTag) };
}

/** The line of a listing row; id and sort time stand in the key. */
export function lineOf(item: Pick<StoryItem, 'sk' | 'd'>): { line: StoryLine; position: Position } {
  const position = positionOf(item.sk);
  return { position, line: { ...trusted<StoryLine>(unpacked(item.d)), ...position } };
}

/** Packs a line into one write unit: a text too dense for that loses the end of its summary, then evidence. */
function packedLine(line: StoryLine): Uint8Array {
  const { id: _id, sortTime: _sortTime, ...rest } = line;
  for (const summaryCodePoints of [1_000, 700, 500, 350, 200, 0]) {
    const bytes = packed({ ...rest, summary: shortened(rest.summary, summaryCodePoints) });
    if (bytes.length <= lineBytesMax) return bytes;
  }
  const topics = rest.topics.map((topic) => ({ ...topic, evidence: [] }));
  return packed({ ...rest, summary: shortened(rest.summary, 200), topics });
}

function shortened(text: string, codePointsMax: number): string {
  const points = [...text];
  return points.length <= codePointsMax ? text : `${points.slice(0, codePointsMax).join('')}…`;
}

// JSON of our own making comes back with the type it went in with.
const trusted = <T>(value: unknown): T => value as T;
