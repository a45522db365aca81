import { isDeepStrictEqual } from 'node:util';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoClusterReader } from '../../lambdas/adapters/aws/dynamodb-cluster-reader.ts';
import { createDynamoFeedHealth } from '../../lambdas/adapters/aws/dynamodb-feed-health.ts';
import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import { createDynamoTallyReader } from '../../lambdas/adapters/aws/dynamodb-tally-reader.ts';
import { edgeAnswer, type App, type EdgeAnswer } from '../../lambdas/adapters/edge-answer.ts';
import { ensureTable, startEmbeddedEngine } from '../../lambdas/adapters/local/embedded-engine.ts';
import type { CompiledData } from '../../lambdas/core/catalogue/compile-files.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import type { Clock, Log } from '../../lambdas/ports.ts';
import { createServeHandler } from '../../lambdas/serve/handler.ts';
import type { Origin } from './edge-cache.ts';
import type { ViewerRequest } from './edge-policy.ts';

/** The serve function over a real store, as the edge sees it. `asked` and `made`: answers given, and of them worked out anew. */
export interface WireOrigin {
  readonly ask: Origin;
  readonly counts: { asked: number; made: number; compared: number };
  create(story: Story): Promise<void>;
  replace(story: Story, previous: Story): Promise<void>;
  stop(): Promise<void>;
}

const publicUrl = 'https://wire.example';
/** While a change is younger, Last-Modified is left out. Source: lambdas/serve/respond.ts. */
const settledMs = 1_000;
/** Of the answers that are repeated from memory every so many is worked out again and compared. */
const comparedEvery = 500;

const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (_event, fields) => void console.error(fields.error),
};

/**
 * Starts the engine and the serve handler at virtual time. An answer depends on the request and on what the store holds, so
 * each is worked out once for each state of the wire; every 500th repetition is compared with a fresh one, and a
 * difference throws.
 */
export async function startWireOrigin(data: CompiledData, clock: Clock): Promise<WireOrigin> {
  const engine = await startEmbeddedEngine({ directory: null });
  await ensureTable(engine.client, 'sitrep');
  const memory = new Map<string, EdgeAnswer>();
  const queries = new Map<string, unknown>();
  const table = { client: engine.client, name: 'sitrep', clock, retentionDays: 0 };
  const reading = { ...table, client: rememberingClient(engine.client, queries) };
  const handler = createServeHandler({
    stories: createDynamoStoryReader(reading),
    tally: createDynamoTallyReader(reading),
    health: createDynamoFeedHealth(reading),
    clusters: createDynamoClusterReader(reading),
    tree: data.tree,
    catalogue: data.catalogue,
    clock,
    log: silent,
    publicUrl,
    cursorKey: 'a key of the bench',
    originSecret: null,
    version: 'bench',
  });
  const app = rememberingApp(handler);
  const writer = createDynamoStoryWriter(table);
  let changedAt = 0;
  const changed = (): void => {
    changedAt = clock();
    for (const map of [memory, queries, app.remembered]) map.clear();
  };
  const counts = { asked: 0, made: 0, compared: 0 };
  const ask: Origin = async (request) => {
    counts.asked += 1;
    const isSettled = clock() - changedAt >= settledMs;
    const key = `${isSettled} ${JSON.stringify(request)}`;
    const known = memory.get(key);
    if (known !== undefined && counts.asked % comparedEvery !== 0) return known;
    const answer = await edgeAnswer(known === undefined ? app.ask(isSettled) : handler, edgeRequest(request));
    if (known === undefined) counts.made += 1;
    else counts.compared += 1;
    if (known !== undefined && !isDeepStrictEqual(known, answer))
      throw new Error(`Expected the same answer again to ${key}`);
    memory.set(key, known ?? answer);
    return known ?? answer;
  };
  return {
    ask,
    counts,
    create: async (story) => {
      await writer.create(story);
      changed();
    },
    replace: async (story, previous) => {
      await writer.replace(story, previous);
      changed();
    },
    stop: engine.stop,
  };
}

const edgeRequest = ({ path, query, headers }: ViewerRequest) => ({
  method: 'GET',
  target: query === '' ? path : `${path}?${query}`,
  origin: publicUrl,
  headers: Object.entries(headers),
  hasBody: false,
});

/** What the handler says before compression, which the codings share. */
function rememberingApp(handler: App) {
  const remembered = new Map<
    string,
    { readonly status: number; readonly headers: Headers; readonly body: string | null }
  >();
  const ask =
    (isSettled: boolean): App =>
    async (request) => {
      const { 'accept-encoding': _, ...headers } = Object.fromEntries(request.headers);
      // A tag names the same state of a feed under every coding.
      const key = JSON.stringify([isSettled, request.url, headers]).replaceAll(/-(?:br|gzip)\\"/g, '\\"');
      let known = remembered.get(key);
      if (known === undefined) {
        const response = await handler(request);
        const body = response.body === null ? null : await response.text();
        known = { status: response.status, headers: response.headers, body };
        remembered.set(key, known);
      }
      return new Response(known.body, known);
    };
  return { ask, remembered };
}

/** The client that sends each Query once for each state of the wire. */
function rememberingClient(
  client: DynamoDBDocumentClient,
  queries: Map<string, unknown>,
): DynamoDBDocumentClient {
  return new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        if (!(command instanceof QueryCommand)) return target.send(command);
        const key = JSON.stringify(command.input);
        const known = queries.get(key) ?? target.send(command);
        queries.set(key, known);
        return known;
      };
    },
  });
}
