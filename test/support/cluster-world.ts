import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoClusterStore } from '../../lambdas/adapters/aws/dynamodb-cluster-store.ts';
import { createDynamoStoryAliases } from '../../lambdas/adapters/aws/dynamodb-story-aliases.ts';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { storyItemFrom, storyOf } from '../../lambdas/adapters/aws/story-items.ts';
import { unpacked } from '../../lambdas/adapters/aws/line-codec.ts';
import { clusterOf } from '../../lambdas/adapters/aws/cluster-codec.ts';
import { byFirstSight } from '../../lambdas/core/story/cluster-members.ts';
import type { Assignment, Cluster, Clusterer } from '../../lambdas/core/words/cluster.ts';
import type { IngestRequest } from '../../lambdas/core/words/messages.ts';
import type { Story, StoryLine } from '../../lambdas/core/words/story.ts';
import { createIngestHandler } from '../../lambdas/ingest/handler.ts';
import { recordingLog } from './recording-log.ts';
import { tagsOf } from './stories.ts';

/**
 * Rules in which the title says everything: stories that share a word are related, those whose words connect them are one
 * event, and the same title at another source is a copy. A bridge between two events joins them, so clusters move.
 */
export const wordClusterer: Clusterer = {
  keysOf: (line) => ({ announced: wordsOf(line).slice(0, 3), asked: wordsOf(line) }),
  related: (line, candidates) =>
    candidates
      .filter((other) => shareWord(line, other))
      .sort(byFirstSight)
      .slice(0, 12),
  place: ({ story, related, clusters }) => {
    const lines = new Map(clusters.flatMap(({ members }) => members).map((member) => [member.id, member]));
    for (const line of [...related, story]) lines.set(line.id, line);
    const group = connected(story, [...lines.values()]).sort(byFirstSight);
    const founder = group.find((line) => line.cluster === line.id) ?? group[0];
    const cluster = group.length > 1 ? (founder?.id ?? null) : null;
    const assigned = group.map((line): Assignment => {
      const first = group.find((other) => other.title === line.title);
      const isCopy = first !== undefined && first.id !== line.id && first.source !== line.source;
      return { id: line.id, cluster, original: isCopy ? first.id : null };
    });
    const own = assigned.find(({ id }) => id === story.id) ?? { id: story.id, cluster: null, original: null };
    return { own, moves: assigned.filter(({ id }) => id !== story.id) };
  },
};

const wordsOf = ({ title }: StoryLine): string[] => [...new Set(title.toLowerCase().split(' '))];

const shareWord = (one: StoryLine, other: StoryLine): boolean => {
  const words = new Set(wordsOf(one));
  return wordsOf(other).some((word) => words.has(word));
};

function connected(story: StoryLine, lines: readonly StoryLine[]): StoryLine[] {
  const group = [story];
  for (const line of group)
    group.push(...lines.filter((other) => !group.includes(other) && shareWord(line, other)));
  return group;
}

/** The ingest hop on a table with rules of words; `clusterer` may be another. */
export function clusteringHop(table: Table, clusterer: Clusterer = wordClusterer) {
  const { log, of } = recordingLog();
  const tag = ({ title }: { readonly title: string }) =>
    tagsOf(title.includes('edited') ? ['air.bombers'] : ['sea.submarines']);
  const ingest = createIngestHandler({
    stories: createDynamoStoryWriter(table),
    aliases: createDynamoStoryAliases(table),
    clusters: createDynamoClusterStore(table),
    clusterer,
    tag,
    taxonomyVersion: 1,
    retentionDays: table.retentionDays,
    log,
  });
  return { ingest, of };
}

/** What a story told by one source looks like on its way in; its key is its title, unless told otherwise. */
export function told(
  source: string,
  title: string,
  parts: Partial<IngestRequest> & { readonly key?: string; readonly hash?: string } = {},
): IngestRequest {
  const { key = title, hash = `hash of ${title}`, ...others } = parts;
  const entry = {
    key,
    hash,
    title,
    url: `https://${source}.example/${encodeURIComponent(key)}`,
    published: null,
    updated: null,
    summary: '',
    authors: [],
    categories: [],
    lang: 'en',
    handedDay: null,
  };
  return {
    v: 1,
    feed: source,
    source,
    kind: 'trade',
    sequence: 1,
    trace: `t-1.${source}`,
    seenAt: '2026-11-20T11:59:00.000Z',
    firstPoll: false,
    entries: [entry],
    ...others,
  };
}

/** A row of the table. */
export type Row = Readonly<Record<string, unknown>>;

/** Every row of the table in order of keys, but the counts, which a crash may leave one short. */
export async function allRows({ client, name }: Pick<Table, 'client' | 'name'>): Promise<Row[]> {
  const rows: Row[] = [];
  let resume: Row | undefined;
  do {
    const scan = new ScanCommand({ TableName: name, ExclusiveStartKey: resume });
    const { Items = [], LastEvaluatedKey } = await client.send(scan);
    rows.push(...Items.map(({ n: _count, ...item }) => item));
    resume = LastEvaluatedKey;
  } while (resume !== undefined);
  const key = (item: Row) => `${item.pk} ${item.sk}`;
  return rows.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Puts rows of another table into this one. */
export async function putRows(
  { client, name }: Pick<Table, 'client' | 'name'>,
  rows: readonly Row[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += 25) {
    const puts = rows.slice(at, at + 25).map((row) => ({ PutRequest: { Item: { ...row } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
  }
}

/** The rows that are not the same in both, unpacked, as text to be read. */
export function differences(rows: readonly Row[], expected: readonly Row[]): string[] {
  const shown = (row: Row) => {
    const { pk, sk, ver, exp, d, plan, ...others } = row;
    return JSON.stringify({ pk, sk, ver, exp, d: readable(d), plan: readable(plan), ...others });
  };
  const [got, wanted] = [new Set(rows.map(shown)), new Set(expected.map(shown))];
  const extra = [...got].filter((row) => !wanted.has(row)).map((row) => `got    ${row}`);
  return [...extra, ...[...wanted].filter((row) => !got.has(row)).map((row) => `wanted ${row}`)];
}

/** Some rows are packed by codecs of their own. */
function readable(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  try {
    return unpacked(value);
  } catch {
    return Buffer.from(value).toString('base64');
  }
}

/** The stories and clusters of a table, read from its rows. */
export async function standings(table: Table): Promise<{ stories: Story[]; clusters: Cluster[] }> {
  const rows = await allRows(table);
  const items = (prefix: string) =>
    rows.filter(({ pk, d }) => String(pk).startsWith(prefix) && d !== undefined);
  return {
    stories: items('S#').map((row) => storyOf(storyItemFrom(row))),
    clusters: items('C#').map((row) => {
      const { pk, d, ver } = storyItemFrom(row);
      return clusterOf(pk.slice(2), d, ver);
    }),
  };
}
/** What is wrong between stories and clusters, one line each: all that must hold whatever happened. */
export function disagreements({ stories, clusters }: Awaited<ReturnType<typeof standings>>): string[] {
  const byId = new Map(stories.map((story) => [story.id, story]));
  const listing = (id: string) =>
    clusters.filter(({ members }) => members.some((member) => member.id === id)).map((cluster) => cluster.id);
  const wrong = stories.flatMap((story): string[] => {
    const found: string[] = [];
    const expected = story.cluster === null ? [] : [story.cluster];
    if (JSON.stringify(listing(story.id)) !== JSON.stringify(expected))
      found.push(`${story.title} stands in ${story.cluster}, listed by ${listing(story.id).join(', ')}`);
    const original = story.original === undefined ? undefined : byId.get(story.original.id);
    if (story.original !== undefined && original === undefined) found.push(`${story.title} copies nothing`);
    if (
      original !== undefined &&
      original.copies.length < 8 &&
      !original.copies.some(({ id }) => id === story.id)
    )
      found.push(`${story.title} is no copy of ${original.title} by its list`);
    if (original !== undefined && original.cluster !== story.cluster)
      found.push(`${story.title} stands apart from its original`);
    for (const copy of story.copies)
      if (byId.get(copy.id)?.original?.id !== story.id) found.push(`${story.title} lists ${copy.id} in vain`);
    return found;
  });
  const totals = clusters.filter(({ members, total }) => members.length !== total);
  return [...wrong, ...totals.map(({ id, total }) => `${id} counts ${total}`)];
}

/** Which stories stand together, by title and source: groups and their members in order, the lonely ones too. */
export function partition(stories: readonly Story[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, cluster, title, source } of stories)
    groups.set(cluster ?? id, [...(groups.get(cluster ?? id) ?? []), `${title} (${source})`]);
  return [...groups.values()]
    .map((group) => group.sort())
    .sort((one, other) => (`${one}` < `${other}` ? -1 : 1));
}
