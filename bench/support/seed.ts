import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { lineItems, storyItem } from '../../lambdas/adapters/aws/story-items.ts';
import { bucketKey, bucketOf, lineKey } from '../../lambdas/adapters/aws/story-keys.ts';
import { listedTags, wireTag } from '../../lambdas/core/story/story-line.ts';
import type { Story } from '../../lambdas/core/words/story.ts';

const topics = [
  'sea.submarines',
  'sea.surface-combatants',
  'air.bombers',
  'air.uncrewed-aircraft',
  'land.artillery-fires',
];
const words =
  'navy frigate trial delivery contract ministry brigade radar missile exercise northern crew yard budget'.split(
    ' ',
  );

/** The n-th story of a made-up wire on which one story appears every five minutes back from `now`; the same for the same n. */
export function benchStory(number: number, now: number): Story {
  const time = new Date(now - number * 300_000).toISOString();
  const pick = (list: readonly string[], salt: number) =>
    list[(number * 2_654_435_761 + salt * 40_503) % list.length] ?? '';
  const sentence = (length: number) =>
    Array.from({ length }, (_, at) => pick(words, at * 7 + (number % 13))).join(' ');
  const evidence = [{ field: 'title', words: 'frigate', at: 4 }] as const;
  return {
    id: `bench${String(number).padStart(19, '0')}`,
    title: sentence(11),
    url: `https://outlet-${number % 40}.example/news/${number}`,
    source: `outlet-${number % 40}`,
    kind: 'trade',
    published: time,
    updated: time,
    firstSeen: time,
    sortTime: time,
    revision: 1,
    version: 1,
    summary: sentence(38),
    authors: ['A. Reporter'],
    categories: [],
    lang: 'en',
    tags: {
      relevance: 'core',
      topics: [
        {
          topic: pick(topics, 1),
          score: 0.9,
          evidence,
        },
        {
          topic: pick(topics, 2),
          score: 0.6,
          evidence,
        },
      ],
      countries: [
        {
          name: pick(['US', 'GB', 'FR', 'NO', 'JP', 'AU'], 3),
          evidence,
        },
      ],
      organisations: [{ name: `Maker ${number % 20}`, evidence }],
      people: [],
      systems: [{ name: `System ${number % 700}`, evidence }],
      operations: [],
    },
    taxonomyVersion: 1,
    copies: [],
    cluster: null,
    trace: 't-bench.outlet',
    sightings: [
      {
        feed: `outlet-${number % 40}`,
        hash: `hash-${number}`,
        sequence: 1,
        seenAt: time,
      },
    ],
  };
}

/** Gathers items into batches of 25 and keeps at most eight of them on their way; `end` resolves when all are written. */
function batches(table: Table) {
  let open: Record<string, unknown>[] = [];
  const flushes: Promise<unknown>[] = [];
  const flush = (): void => {
    const requests = open.map((Item) => ({ PutRequest: { Item } }));
    open = [];
    const items = { RequestItems: { [table.name]: requests } };
    if (requests.length > 0) flushes.push(table.client.send(new BatchWriteCommand(items)));
  };
  const put = async (item: object): Promise<void> => {
    open.push({ ...item });
    if (open.length === 25) flush();
    if (flushes.length === 8) await Promise.all(flushes.splice(0));
  };
  const end = async (): Promise<void> => {
    flush();
    await Promise.all(flushes.splice(0));
  };
  return { put, end };
}

/** Which buckets have lines, and how many of the wire's; rows as the writer leaves them. */
function bucketRows() {
  const buckets = new Map<string, { pk: string; sk: string; n: number }>();
  const note = (story: Story, tags: readonly string[]): void => {
    for (const tag of tags) {
      const key = bucketKey(tag, bucketOf(tag, story.sortTime));
      const name = `${key.pk} ${key.sk}`;
      buckets.set(name, { ...key, n: (buckets.get(name)?.n ?? 0) + (tag === wireTag ? 1 : 0) });
    }
  };
  return { note, rows: () => buckets.values() };
}

/** Writes stories 0 to count - 1 with all their rows in batches of 25: the same rows the writer makes, without its conditions. */
export async function seedStories(table: Table, count: number, now: number): Promise<void> {
  const buckets = bucketRows();
  const { put, end } = batches(table);
  for (let number = 0; number < count; number += 1) {
    const story = benchStory(number, now);
    const { tagged, wire } = lineItems(story, 0);
    buckets.note(story, listedTags(story));
    for (const item of [storyItem(story, 0), ...tagged, wire]) await put(item);
  }
  for (const row of buckets.rows()) await put(row);
  await end();
}

/**
 * Makes what writes the rows of some listings alone: all that a page of those listings reads. Each call goes on to so many
 * stories in all, from where the one before ended, so that a wire can be measured while it grows into its past.
 */
export function listingSeeder(
  table: Table,
  { tags, storyAt }: { readonly tags: ReadonlySet<string>; readonly storyAt: (number: number) => Story },
): (count: number) => Promise<void> {
  const buckets = bucketRows();
  let number = 0;
  return async (count) => {
    const { put, end } = batches(table);
    for (; number < count; number += 1) {
      const story = storyAt(number);
      const listed = listedTags(story).filter((tag) => tags.has(tag));
      buckets.note(story, listed);
      const { wire } = lineItems(story, 0);
      for (const tag of listed) await put({ ...wire, ...lineKey(tag, story) });
    }
    for (const row of buckets.rows()) await put(row);
    await end();
  };
}
