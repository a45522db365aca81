import type { EdgeAnswer } from '../../lambdas/adapters/edge-answer.ts';
import { listedTags } from '../../lambdas/core/render/entity-tag.ts';
import type { EdgePolicy, ViewerRequest } from './edge-policy.ts';

/** What the cache asks when it has no answer of its own. */
export type Origin = (request: ViewerRequest) => Promise<EdgeAnswer>;

/**
 * How the edge behaves where its documentation leaves room. `latencyMs`: how long the origin takes; who asks meanwhile is
 * answered from what there is, or waits for the same answer. `passesConditions`: without an answer of its own it passes
 * the reader's If-None-Match on, so a 304 comes back that it cannot keep. `keepsDeltas`: it keeps a 226 as it does a 200.
 * `deltaLifeSeconds`: how long it keeps one, in place of what is said; null: as is said.
 */
export interface EdgeManners {
  readonly latencyMs: number;
  readonly passesConditions: boolean;
  readonly keepsDeltas: boolean;
  readonly deltaLifeSeconds: number | null;
}

/** What passed between the cache and the origin; `unkeyed` are names in Vary that are no part of the key. */
export interface OriginTraffic {
  requests: number;
  bytes: number;
  readonly statuses: Record<number, number>;
  readonly unkeyed: Set<string>;
}

/** One shared cache in front of the origin. `nowMs` must not go back. */
export interface EdgeCache {
  ask(request: ViewerRequest, nowMs: number): Promise<EdgeAnswer>;
  readonly traffic: OriginTraffic;
}

interface Kept {
  readonly answer: EdgeAnswer;
  readonly freshUntil: number;
  readonly staleUntil: number;
  /** The answer of a revalidation under way, null when it is not to be kept, and when it will be there. */
  coming: { readonly at: number; readonly next: Kept | null } | null;
}

/**
 * A cache that does what our headers say: keeps for s-maxage, answers with stale answers while one request revalidates
 * (stale-while-revalidate), revalidates with the tag of what it has, answers readers' If-None-Match itself, and never keeps
 * what is marked no-store. Nothing is ever evicted. Source: RFC 9111, RFC 5861; CloudFront, request and response behaviour
 * for custom origins.
 */
export function createEdgeCache(origin: Origin, policy: EdgePolicy, manners: EdgeManners): EdgeCache {
  const kept = new Map<string, Kept>();
  const traffic: OriginTraffic = { requests: 0, bytes: 0, statuses: {}, unkeyed: new Set() };

  const isKeepable = ({ status }: EdgeAnswer): boolean =>
    status === 200 || (status === 226 && manners.keepsDeltas);
  const fetched = async (request: ViewerRequest, ifNoneMatch: string | null): Promise<EdgeAnswer> => {
    const headers = { ...request.headers, ...(ifNoneMatch === null ? {} : { 'if-none-match': ifNoneMatch }) };
    const answer = await origin({ ...request, headers });
    traffic.requests += 1;
    traffic.bytes += answerBytes(answer);
    traffic.statuses[answer.status] = (traffic.statuses[answer.status] ?? 0) + 1;
    if (isKeepable(answer)) for (const name of unkeyedNames(answer, policy)) traffic.unkeyed.add(name);
    return answer;
  };
  const successor = (answer: EdgeAnswer, before: Kept | null, from: number): Kept | null => {
    const body = answer.status === 304 && before !== null ? before.answer : answer;
    const lives = isKeepable(body) ? livesOf(answer.headers.get('cache-control'), policy) : null;
    if (lives === null) return null;
    const { deltaLifeSeconds } = manners;
    const isSetApart = body.status === 226 && deltaLifeSeconds !== null;
    const freshUntil = from + (isSetApart ? deltaLifeSeconds * 1_000 : lives.freshMs);
    return { answer: body, freshUntil, staleUntil: freshUntil + lives.staleMs, coming: null };
  };
  const keep = (key: string, next: Kept | null): void =>
    void (next === null ? kept.delete(key) : kept.set(key, next));

  const ask: EdgeCache['ask'] = async (viewer, nowMs) => {
    const request = policy.normalised(viewer);
    const { forwarded, key } = keyed(request, viewer.headers['accept-encoding'] ?? '', policy);
    const condition = request.headers['if-none-match'] ?? null;
    let found = kept.get(key) ?? null;
    if (found?.coming != null && found.coming.at <= nowMs) {
      const { next } = found.coming;
      keep(key, next);
      found = next;
    }
    if (found !== null && nowMs < found.freshUntil) return forReader(found.answer, condition);
    if (found !== null && nowMs < found.staleUntil) {
      const answer = forReader(found.answer, condition);
      if (found.coming === null) {
        const at = nowMs + manners.latencyMs;
        found.coming = { at, next: successor(await fetched(forwarded, tagOf(found)), found, at) };
      }
      return answer;
    }
    const passed = found === null ? (manners.passesConditions ? condition : null) : tagOf(found);
    const answer = await fetched(forwarded, passed);
    const next = successor(answer, found, nowMs + manners.latencyMs);
    keep(key, next);
    return forReader(next?.answer ?? answer, condition);
  };
  return { ask, traffic };
}

const tagOf = ({ answer }: Kept): string | null => answer.headers.get('etag') ?? null;

/** The codings that CloudFront tells apart. Source: CloudFront, compressed files. */
function codings(acceptEncoding: string): string {
  return ['br', 'gzip'].filter((name) => acceptEncoding.includes(name)).join(',');
}

/** The request as the origin sees it, and its key: without conditions, which are the cache's own business. */
function keyed(request: ViewerRequest, acceptEncoding: string, { keyHeaders }: EdgePolicy) {
  const headers: Record<string, string> = {};
  for (const name of keyHeaders) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  const coding = codings(acceptEncoding);
  if (coding !== '') headers['accept-encoding'] = coding;
  const forwarded = { path: request.path, query: request.query, headers };
  return { forwarded, key: JSON.stringify(forwarded) };
}

/** How long an answer may be kept and then used while it is revalidated; null when it may not be kept. */
function livesOf(cacheControl: string | undefined, { ttlSeconds }: EdgePolicy) {
  const directives = new Map(
    (cacheControl ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.trim().toLowerCase().split('=');
      return [name, Number(value)] as const;
    }),
  );
  if (directives.has('no-store') || directives.has('private')) return null;
  const said = directives.get('s-maxage') ?? directives.get('max-age') ?? 0;
  const fresh = Math.min(Math.max(said, ttlSeconds.min), ttlSeconds.max);
  return fresh === 0
    ? null
    : { freshMs: fresh * 1_000, staleMs: (directives.get('stale-while-revalidate') ?? 0) * 1_000 };
}

/** The answer as the reader gets it: 304 when it shows the tag of what it would be sent. */
function forReader(answer: EdgeAnswer, condition: string | null): EdgeAnswer {
  const etag = answer.headers.get('etag');
  if (condition === null || etag === undefined || answer.status === 304) return answer;
  if (!listedTags(condition).includes(etag.replace(/^W\//, '').slice(1, -1))) return answer;
  return notModified(answer);
}

const notModifiedForms = new WeakMap<EdgeAnswer, EdgeAnswer>();

function notModified(answer: EdgeAnswer): EdgeAnswer {
  const known = notModifiedForms.get(answer);
  if (known !== undefined) return known;
  const headers = new Map(
    [...answer.headers].filter(([name]) => !name.startsWith('content-') || name.startsWith('content-sec')),
  );
  const form = { status: 304, headers, body: null };
  notModifiedForms.set(answer, form);
  return form;
}

/** Names in Vary on which the key does not depend: such an answer would be given to the wrong reader. */
function unkeyedNames({ headers }: EdgeAnswer, { keyHeaders }: EdgePolicy): string[] {
  const names = (headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
  // What a reader of deltas has reaches the key under a name that only the edge may say.
  const keyed = [
    '',
    'accept-encoding',
    ...keyHeaders,
    ...(keyHeaders.includes('x-delta-base') ? ['if-none-match'] : []),
  ];
  return names.filter((name) => !keyed.includes(name));
}

const sizes = new WeakMap<EdgeAnswer, number>();

/** Bytes of an answer as HTTP/1.1 writes it: status line, our headers, body. What an edge adds of its own is not in it. */
export function answerBytes(answer: EdgeAnswer): number {
  const known = sizes.get(answer);
  if (known !== undefined) return known;
  const head = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19);
  const bytes = head + (answer.body?.length ?? 0);
  sizes.set(answer, bytes);
  return bytes;
}
