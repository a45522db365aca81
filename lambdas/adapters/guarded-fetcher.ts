import type { AllowedHosts } from '../core/fetch/allowed-hosts.ts';
import { isValidator } from '../core/fetch/conditional-get.ts';
import { checkFetchUrl } from '../core/fetch/fetch-url.ts';
import { redirectStep } from '../core/fetch/redirect.ts';
import type { FetchFailure, FetchResult } from '../core/fetch/fetch-result.ts';
import type { FeedFetcher, FetchRequest } from '../ports.ts';
import { type Connections, createConnections } from './fetch/agents.ts';
import { acceptEncoding } from './fetch/content-coding.ts';
import { faultOf } from './fetch/fetch-fault.ts';
import { type FetchLimits, fetchLimits } from './fetch/limits.ts';
import { type HopResult, requestOnce } from './fetch/request-once.ts';
import { nameServerResolver, type Resolver, systemResolver } from './fetch/resolver.ts';
import { resolveTarget } from './fetch/target.ts';

/**
 * Settings of a fetcher. `userAgent` names the product, its version and a contact; `resolve` replaces name resolution for
 * every host; `ca` replaces the trusted roots (PEM), for an in-house authority.
 */
export interface GuardedFetcherOptions {
  readonly userAgent: string;
  readonly allowedHosts: AllowedHosts;
  readonly limits?: Partial<FetchLimits>;
  readonly resolve?: Resolver;
  readonly ca?: string;
}

/** Feed types first; a server that only knows `text/html` must still be able to answer. Source: RFC 9110 §12.5.1. */
const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';

/** Everything a chain needs, made once. */
interface Context {
  readonly userAgent: string;
  readonly allowedHosts: AllowedHosts;
  readonly limits: FetchLimits;
  readonly resolverFor: (allowed: boolean) => Resolver;
  readonly connectionsFor: (url: URL) => Connections;
}

/** One chain under way: what it has cost, where it has been, and whether every redirect so far was permanent. */
interface Trip {
  readonly signal: AbortSignal;
  readonly visited: Set<string>;
  requests: number;
  wireBytes: number;
  permanent: boolean;
}

/** One request of a chain; `validators` are header fields, none for an unconditional request. */
interface Hop {
  readonly url: URL;
  readonly allowed: boolean;
  readonly validators: Readonly<Record<string, string>>;
}

/**
 * A FeedFetcher on node:http and node:https that reaches public addresses only. On every hop it vets the parsed URL, then
 * every resolved address, connects to those very addresses, and vets the connected peer before the first byte: a custom
 * lookup alone is no guard, because node never calls it for an IP literal (measured). No cookies, no referrer; validators
 * go to the address that gave them and nowhere else. Throws only here, on a User-Agent that is no header value.
 */
export function createGuardedFetcher(options: GuardedFetcherOptions): FeedFetcher {
  if (!isValidator(options.userAgent)) {
    throw new Error(`Expected userAgent to be a header value, got ${JSON.stringify(options.userAgent)}`);
  }
  const limits = { ...fetchLimits, ...options.limits };
  const connections = createConnections(limits, options.ca);
  const nameServers = nameServerResolver();
  const context: Context = {
    userAgent: options.userAgent,
    allowedHosts: options.allowedHosts,
    limits,
    resolverFor: (allowed) => options.resolve ?? (allowed ? systemResolver : nameServers),
    connectionsFor: (url) => connections[url.protocol === 'https:' ? 'https:' : 'http:'],
  };
  return { fetch: (request) => fetchWithin(context, request) };
}

/** Runs a chain under one deadline, name resolution included, and turns what is thrown into a failure. */
async function fetchWithin(context: Context, request: FetchRequest): Promise<FetchResult> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), context.limits.deadlineMs);
  const { signal } = controller;
  const trip: Trip = { signal, visited: new Set(), requests: 0, wireBytes: 0, permanent: true };
  try {
    return await followChain(context, request, trip);
  } catch (error) {
    if (signal.aborted) {
      return failed(trip, 'timeout', `Expected an answer within ${context.limits.deadlineMs} ms, got none`);
    }
    const { reason, message } = faultOf(error, 'connecting');
    return failed(trip, reason, message);
  } finally {
    clearTimeout(timer);
  }
}

async function followChain(context: Context, request: FetchRequest, trip: Trip): Promise<FetchResult> {
  const { allowedHosts, limits } = context;
  const start = checkFetchUrl(request.url, allowedHosts);
  if (!start.ok) return failed(trip, 'guarded', start.reason);
  let checked: { readonly url: URL; readonly allowed: boolean } = start;
  // Ends because redirectStep refuses a repeated address and more than redirectsMax of them.
  for (;;) {
    const { url, allowed } = checked;
    trip.visited.add(url.href);
    const hop: Hop = { url, allowed, validators: validatorHeaders(request, url, allowedHosts) };
    const answer = await ask(context, hop, trip);
    if (answer.kind === 'failure') return failed(trip, answer.reason, answer.detail);
    const { status, headers } = answer;
    const location = headers.get('location') ?? null;
    const { visited } = trip;
    const step = redirectStep(
      { status, location, from: url, visited, redirectsMax: limits.redirectsMax },
      allowedHosts,
    );
    if (step.kind === 'refuse') return failed(trip, step.reason, step.detail);
    if (step.kind === 'none') return finished(trip, hop, answer);
    trip.permanent = trip.permanent && step.permanent;
    checked = step;
  }
}

/** Asks once; a second time on a new connection when a pooled one had been closed by the server meanwhile. */
async function ask(context: Context, hop: Hop, trip: Trip): Promise<HopResult> {
  const { limits, userAgent } = context;
  const resolving = resolveTarget(hop, context.resolverFor(hop.allowed), limits.addressesMax);
  const target = await unlessAborted(resolving, trip.signal);
  const connections = context.connectionsFor(hop.url);
  const headers = {
    'User-Agent': userAgent,
    Accept: accept,
    'Accept-Encoding': acceptEncoding,
    ...hop.validators,
  };
  const answer = { target, headers, agent: connections.pooled, signal: trip.signal, limits };
  const first = counted(trip, await requestOnce(answer));
  if (first.kind === 'response' || !first.stale) return first;
  return counted(trip, await requestOnce({ ...answer, agent: connections.fresh }));
}

function counted(trip: Trip, result: HopResult): HopResult {
  trip.wireBytes += result.wireBytes;
  if (result.sent) trip.requests += 1;
  return result;
}

/** If-None-Match and If-Modified-Since, verbatim, for the one address that gave the validators. */
function validatorHeaders(
  request: FetchRequest,
  url: URL,
  allowedHosts: AllowedHosts,
): Readonly<Record<string, string>> {
  const { etag, lastModified } = request;
  const owner = checkFetchUrl(request.validatorsUrl ?? request.url, allowedHosts);
  if (!owner.ok || owner.url.href !== url.href) return {};
  return {
    ...(etag !== undefined && isValidator(etag) ? { 'If-None-Match': etag } : {}),
    ...(lastModified !== undefined && isValidator(lastModified) ? { 'If-Modified-Since': lastModified } : {}),
  };
}

function finished(trip: Trip, hop: Hop, answer: HopResult & { readonly kind: 'response' }): FetchResult {
  if (answer.status === 304 && Object.keys(hop.validators).length === 0) {
    return failed(trip, 'protocol', 'Expected a full answer to an unconditional request, got 304');
  }
  const { status, headers, body } = answer;
  const { requests, wireBytes } = trip;
  const url = hop.url.href;
  const movedTo = trip.visited.size > 1 && trip.permanent ? url : null;
  return { kind: 'response', status, url, movedTo, headers, body, wireBytes, requests };
}

function failed(trip: Trip, reason: FetchFailure, detail: string): FetchResult {
  const { requests, wireBytes } = trip;
  return { kind: 'failure', reason, detail, wireBytes, requests };
}

/** The promise's result, or a rejection as soon as the deadline passes; a name server cannot be made to answer. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('deadline passed'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
