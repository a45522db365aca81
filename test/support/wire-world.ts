import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { ensureTable } from '../../lambdas/adapters/local/embedded-engine.ts';
import type { FetchResult } from '../../lambdas/core/fetch/fetch-result.ts';
import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { Story, StoryLine } from '../../lambdas/core/words/story.ts';
import type { FetchRequest } from '../../lambdas/ports.ts';
import { clusteringHop } from './cluster-world.ts';
import type { startTestTable } from './engines.ts';
import { answerOf, pollBench } from './poll-bench.ts';
import { sqsEvent } from './sqs-event.ts';

let worlds = 0;

/** What a poll came to: entries = new + updated + known + rejected. */
export interface WirePoll {
  readonly outcome: unknown;
  readonly entries: number;
  readonly new: number;
  readonly updated: number;
  readonly known: number;
  readonly rejected: number;
}

/**
 * The way of an entry from the document to the wire: the poll and the ingest hop on tables of their own. `documents` gives
 * what each feed answers now, by address; change what it reads between polls.
 */
export async function wireWorld(
  engine: Awaited<ReturnType<typeof startTestTable>>,
  feeds: readonly Feed[],
  documents: (url: string) => string,
) {
  worlds += 1;
  const bench = await pollBench(
    engine,
    feeds,
    ({ url }: FetchRequest): FetchResult => answerOf(200, { url, body: documents(url) }),
  );
  const name = `wire-${worlds}`;
  await ensureTable(engine.client, name);
  const table = { client: engine.client, name, clock: () => bench.time.now, retentionDays: 0 };
  const { ingest } = clusteringHop(table);
  const reader = createDynamoStoryReader(table);
  let taken = 0;
  return {
    time: bench.time,
    /** Polls the feed, stores what it hands on, and lets an hour pass. */
    async poll(feed: string = feeds[0]?.id ?? ''): Promise<WirePoll> {
      await bench.poll([feed], { forced: true });
      const messages = bench.sent.slice(taken);
      taken = bench.sent.length;
      for (const message of messages) await ingest(sqsEvent([message]));
      bench.time.now += 3_600_000;
      const last = bench.of('poll.finished').at(-1) ?? {};
      const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
      return {
        outcome: last.outcome,
        entries: number(last.entries),
        new: number(last.new),
        updated: number(last.updated),
        known: number(last.known),
        rejected: number(last.rejected),
      };
    },
    /** All that is on the wire, the newest first. */
    async stories(): Promise<readonly StoryLine[]> {
      const page = { limit: 200, after: null, since: null, until: null, rowsMax: 1_000, accepts: () => true };
      return (await reader.page({ ...page, tags: ['*'] })).lines;
    },
    story: (id: string): Promise<Story | null> => reader.story(id),
  };
}
