import type { SQSBatchResponse } from 'aws-lambda';
import type { FetchLimits } from '../../lambdas/adapters/fetch/limits.ts';
import { createGuardedFetcher } from '../../lambdas/adapters/guarded-fetcher.ts';
import { createHostGate } from '../../lambdas/adapters/host-gate.ts';
import type { AllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import type { FetchResult } from '../../lambdas/core/fetch/fetch-result.ts';
import type { FeedState } from '../../lambdas/core/poll/feed-state.ts';
import type { Feed } from '../../lambdas/core/words/feed.ts';
import type { IngestRequest } from '../../lambdas/core/words/messages.ts';
import { createPollHandler, type PollDeps } from '../../lambdas/poll/handler.ts';
import { testCertificate } from './certificate.ts';
import { itemsOf, rssOf } from './poll-bench.ts';
import { type Publisher, startPublisher } from './publisher.ts';
import { recordingLog } from './recording-log.ts';
import { sqsEvent } from './sqs-event.ts';
import { feedOf } from './stories.ts';

/**
 * Publishers on loopback behind public names: `site` is news.example, `other` cdn.example, `secure` tls.example (TLS), and
 * they may be reached. `secret` is a listener that nobody vouched for; it must never hear of us.
 */
export interface HostileWorld {
  readonly site: Publisher;
  readonly other: Publisher;
  readonly secure: Publisher;
  readonly secret: Publisher;
  readonly ca: string;
  readonly close: () => Promise<void>;
}

const dayMs = 86_400_000;

/** Starts the four publishers; close them when the test ends. */
export async function startHostileWorld(): Promise<HostileWorld> {
  const certificate = testCertificate(['tls.example'], {
    from: Date.now() - dayMs,
    until: Date.now() + dayMs,
  });
  const [site, other, secure, secret] = await Promise.all([
    startPublisher(),
    startPublisher(),
    startPublisher(certificate),
    startPublisher(),
  ]);
  const all = [site, other, secure, secret];
  const close = async () => void (await Promise.all(all.map((one) => one.close())));
  return { site, other, secure, secret, ca: certificate.cert, close };
}

/** What the name servers say beyond the names of the world: addresses, in turn; the last answer repeats. */
export type Names = Readonly<Record<string, readonly (readonly string[])[]>>;

const vouchedFor = ['news.example', 'cdn.example', 'tls.example', 'good.example'];

/** A document of one entry that says which feed it is of. */
export const documentOf = (number = 1): string => rssOf(itemsOf(number));

/** A poll hop with the guarded fetcher: `urls` by feed id, beside a feed `good` that always answers well. */
export function hostilePoller(
  world: HostileWorld,
  urls: Readonly<Record<string, string>>,
  options: { readonly names?: Names; readonly limits?: Partial<FetchLimits> } = {},
) {
  const time = { now: Date.parse('2026-11-20T12:00:00.000Z') };
  world.site.serve('/good', { body: documentOf(999) });
  const good = world.site.url('/good', 'good.example');
  const feeds = Object.entries({ ...urls, good }).map(([id, url]) => feedOf(id, { url }));
  const allowedHosts: AllowedHosts = new Map(vouchedFor.map((name) => [name, 'any' as const]));
  const { resolve, lookups } = resolverOf(options.names ?? {});
  const { limits = {} } = options;
  const fetcher = createGuardedFetcher({
    userAgent: 'Sitrep/test',
    allowedHosts,
    resolve,
    limits,
    ca: world.ca,
  });
  const results = new Map<string, FetchResult>();
  const states = new Map<string, FeedState>();
  const sent: IngestRequest[] = [];
  const { log, of } = recordingLog();
  const clock = () => time.now;
  const pause = async (ms: number) => {
    time.now += ms;
  };
  const handler = createPollHandler({
    feeds: new Map(feeds.map((feed) => [feed.id, feed])),
    states: memoryStates(states),
    fetcher: {
      fetch: async (request) => {
        const result = await fetcher.fetch(request);
        results.set(request.url, result);
        return result;
      },
    },
    gate: createHostGate({ clock, pause, isOwnHost: () => false }),
    ingestQueue: { send: async (messages) => void sent.push(...messages.map(({ body }) => body)) },
    isOwnHost: () => false,
    clock,
    log,
  });
  return {
    time,
    states,
    sent,
    lookups,
    /** Polls all feeds in one message, `good` last. */
    poll: (): Promise<SQSBatchResponse> => handler(messageOf(feeds, time.now)),
    resultOf: (id: string) => results.get(feeds.find((feed) => feed.id === id)?.url ?? ''),
    outcomesOf: (id: string) =>
      of('poll.finished').flatMap(({ feed, outcome }) => (feed === id ? [outcome] : [])),
    entriesOf: (id: string) =>
      sent.flatMap(({ feed, entries }) => (feed === id ? entries.map(({ title }) => title) : [])),
  };
}

function messageOf(feeds: readonly Feed[], now: number) {
  const polled = feeds.map(({ id }) => ({ id, trace: `t.${id}` }));
  return sqsEvent([{ v: 1, tick: Math.floor(now / 60_000), forced: true, feeds: polled }]);
}

function memoryStates(states: Map<string, FeedState>): PollDeps['states'] {
  return {
    load: async (feedId) => states.get(feedId) ?? null,
    save: async (state, previous) => {
      if ((states.get(state.feedId)?.version ?? null) !== (previous?.version ?? null)) return false;
      states.set(state.feedId, state);
      return true;
    },
    putOff: async () => {},
    hostWait: async () => 0,
    saveHostWait: async () => {},
  };
}

/** Resolves the names of the world to loopback and others as told; counts what it was asked. */
function resolverOf(names: Names) {
  const lookups: string[] = [];
  const resolve = async (hostname: string): Promise<readonly string[]> => {
    const before = lookups.filter((name) => name === hostname).length;
    lookups.push(hostname);
    const answers = names[hostname] ?? (vouchedFor.includes(hostname) ? [['127.0.0.1']] : undefined);
    const answer = answers?.[Math.min(before, answers.length - 1)];
    if (answer === undefined) throw new Error(`queryA ENOTFOUND ${hostname}`);
    return answer;
  };
  return { resolve, lookups };
}
