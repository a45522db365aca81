import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { lineItems, storyItem } from '../../lambdas/adapters/aws/story-items.ts';
import { bucketKey, bucketOf } from '../../lambdas/adapters/aws/story-keys.ts';
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

/** Writes stories 0 to count - 1 with all their rows in batches of 25: the same rows the writer makes, without its conditions. */
export async function seedStories(table: Table, count: number, now: number): Promise<void> {
  const months = new Map<string, { pk: string; sk: string; n: number }>();
  let open: Record<string, unknown>[] = [];
  const flushes: Promise<unknown>[] = [];
  const flush = async (items: Record<string, unknown>[]): Promise<void> => {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
  };
  for (let number = 0; number < count; number += 1) {
    const story = benchStory(number, now);
    const { tagged, wire } = lineItems(story, 0);
    for (const tag of listedTags(story)) {
      const key = bucketKey(tag, bucketOf(tag, story.sortTime));
      const name = `${key.pk} ${key.sk}`;
      months.set(name, { ...key, n: (months.get(name)?.n ?? 0) + (tag === wireTag ? 1 : 0) });
    }
    for (const item of [{ ...storyItem(story, 0) }, ...tagged, wire]) {
      open.push({ ...item });
      if (open.length === 25) {
        flushes.push(flush(open));
        open = [];
      }
      if (flushes.length === 8) await Promise.all(flushes.splice(0));
    }
  }
  await Promise.all(flushes);
  const rest = [...open, ...months.values()];
  for (let at = 0; at < rest.length; at += 25)
    await flush(rest.slice(at, at + 25).map((item) => ({ ...item })));
}
