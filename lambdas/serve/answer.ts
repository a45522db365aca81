import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import type { QueryProblem } from '../core/query/query-problem.ts';
import { problemJson, problemTypes, type ProblemType } from '../core/render/problem.ts';

/** What a route gives: the representation and what is known of it; headers that every answer has are added later. */
export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  /** The content, or what makes it when it turns out to be needed: not for a 304. */
  readonly body: string | (() => string);
  readonly cacheControl: string;
  /** Epoch milliseconds; null when the content has no time of its own. */
  readonly lastModified: number | null;
  /** Every entity tag that names this content, the one to send first; left out: a hash of the body. */
  readonly etags?: readonly [string, ...string[]];
  readonly headers?: Readonly<Record<string, string>>;
  /** What the log line of this answer tells besides path and status. */
  readonly logged?: Readonly<Record<string, unknown>>;
}

/** A JSON document that may be kept for `cacheControl`. */
export function jsonAnswer(document: unknown, cacheControl: string): Answer {
  const body = `${JSON.stringify(document)}\n`;
  return { status: 200, mediaType: mediaTypes.json, body, cacheControl, lastModified: null };
}

/** A failure as a problem document (RFC 9457); never kept by caches. */
export function problemAnswer(
  type: ProblemType,
  detail: string,
  more: { readonly about?: QueryProblem; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  return {
    status: problemTypes[type],
    mediaType: mediaTypes.problem,
    body: problemJson(type, detail, more.about ?? null),
    cacheControl: cacheLives.never,
    lastModified: null,
    headers: more.headers ?? {},
  };
}

/** The answer to a refused query: 400 that names the parameter, what was sent and what is allowed. */
export const refusedAnswer = (problem: QueryProblem): Answer =>
  problemAnswer('bad-parameter', problem.detail, { about: problem });
