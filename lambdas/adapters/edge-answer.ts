import { parsedUrl } from '../core/words/parsed-url.ts';
import { allowedMethods, cacheLives, commonHeaders, mediaTypes } from '../core/render/http-headers.ts';
import { problemJson, problemTypes, type ProblemType } from '../core/render/problem.ts';
import { compressed } from './compress-response.ts';

/** The application both edges drive. */
export type App = (request: Request) => Promise<Response>;

/**
 * A request as an edge received it: `target` is the raw path with its query, `origin` the scheme and authority the
 * application is to see (never taken from the request).
 */
export interface EdgeRequest {
  readonly method: string;
  readonly target: string;
  readonly origin: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly hasBody: boolean;
}

/** A finished answer; header names are lower-case. `body` is null for HEAD, 204 and 304, whose headers stay as they are. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer | null;
}

/** Longest request target; node's own bound on all headers together is twice this. */
const targetLengthMax = 8_192;
/** Visible ASCII without `#`; anything else must come percent-encoded. Source: RFC 9112 §3.2.1 origin-form. */
const originForm = /^\/[!"$-~]*$/;

/**
 * Answers one request the same way at every edge: a target that is not in plain origin form, or that a URL parser would
 * change (`/../`, a backslash), is refused; HEAD is answered as GET and loses its body last, so that its headers are
 * those of GET; the body is compressed.
 */
export async function edgeAnswer(app: App, edge: EdgeRequest): Promise<EdgeAnswer> {
  const request = webRequest(edge);
  if (!(request instanceof Request)) return request;
  const response = await compressed(request, await app(request));
  const hasContent = edge.method !== 'HEAD' && response.body !== null;
  return {
    status: response.status,
    headers: new Map(response.headers),
    body: hasContent ? Buffer.from(await response.arrayBuffer()) : null,
  };
}

/** The answer to a request that is not even shown to the application: a problem document like any other. */
export function edgeRefusal(type: ProblemType, detail: string): EdgeAnswer {
  const body = Buffer.from(problemJson(type, detail));
  const headers = new Map(Object.entries(commonHeaders(mediaTypes.problem)));
  headers.set('content-type', mediaTypes.problem).set('content-length', String(body.length));
  headers.set('cache-control', cacheLives.never);
  if (type === 'method-not-allowed') headers.set('allow', allowedMethods);
  return { status: problemTypes[type], headers, body };
}

function webRequest(edge: EdgeRequest): Request | EdgeAnswer {
  const { target } = edge;
  if (target.length > targetLengthMax) {
    return edgeRefusal('uri-too-long', `Expected an address of at most ${targetLengthMax} characters`);
  }
  if (!originForm.test(target) || !isPlain(edge)) {
    return edgeRefusal('bad-request', 'Expected a path that begins with a slash and is percent-encoded');
  }
  if (edge.hasBody && edge.method !== 'POST') {
    return edgeRefusal('content-too-large', 'Expected a request without a body');
  }
  try {
    const method = edge.method === 'HEAD' ? 'GET' : edge.method;
    const headers = new Headers();
    for (const [name, value] of edge.headers) headers.append(name, value);
    return new Request(`${edge.origin}${target}`, { method, headers });
  } catch {
    // TRACE and CONNECT, which Fetch forbids, and header values that are none.
    return /^(?:TRACE|TRACK|CONNECT)$/i.test(edge.method)
      ? edgeRefusal('method-not-allowed', `Expected one of ${allowedMethods}, got another method`)
      : edgeRefusal('bad-request', 'Expected well-formed headers and a known method');
  }
}

/** Answers whether the path reaches the application letter by letter as it was sent. */
function isPlain({ origin, target }: EdgeRequest): boolean {
  return parsedUrl(`${origin}${target}`)?.pathname === target.split('?', 1)[0];
}
