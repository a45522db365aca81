import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Clock } from '../../ports.ts';
import { renderSampleFeed } from './sample/render-sample-feed.ts';
import type { RenderedFeed } from './sample/render-sample-feed.ts';
import type { SampleFeed, SampleMoment, SampleWire } from './sample/sample-wire.ts';

/** What the publisher serves and from when: `epochMs` is the moment the stories' offsets count from. */
export interface SamplePublisherOptions {
  readonly wire: SampleWire;
  readonly epochMs: number;
  readonly clock: Clock;
}

/** The parts of a request the publisher looks at. `path` may carry a query, which is ignored. */
export interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
}

/** A whole answer; header names are lower-case and the body is empty where HTTP wants none. */
export interface SampleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The publisher's answer to one request at one moment; pure. Feeds answer 200, or 304 to a validator that still holds;
 * a moved feed 301, a feed that is down 503, `/` a plain list, anything else 404, methods but GET and HEAD 405.
 */
export function answerSampleRequest(
  wire: SampleWire,
  request: SampleRequest,
  moment: SampleMoment,
): SampleAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textAnswer(405, 'Expected GET or HEAD.\n', { allow: 'GET, HEAD' });
  }
  const path = request.path.split('?', 1)[0] ?? '';
  if (path === '/') return textAnswer(200, feedList(wire.feeds));
  const moved = wire.feeds.find(({ movedFrom }) => movedFrom === path);
  if (moved !== undefined) return textAnswer(301, 'Moved.\n', { location: moved.path });
  const feed = wire.feeds.find((candidate) => candidate.path === path);
  if (feed === undefined) return textAnswer(404, 'No such feed; / lists them.\n');
  if (feed.downRetryAfterSeconds !== null) {
    return textAnswer(503, 'Down for maintenance.\n', { 'retry-after': String(feed.downRetryAfterSeconds) });
  }
  const rendered = renderSampleFeed(wire, feed.id, moment);
  if (rendered === null) return textAnswer(404, 'No such feed; / lists them.\n');
  return isUnchanged(request, rendered)
    ? { status: 304, headers: validatorsOf(rendered), body: new Uint8Array() }
    : { status: 200, ...rendered };
}

/** If-None-Match wins over If-Modified-Since, and compares weakly. Source: RFC 9110 §13.1.2 and §13.1.3. */
function isUnchanged(request: SampleRequest, { headers }: RenderedFeed): boolean {
  const { etag, 'last-modified': lastModified } = headers;
  if (request.ifNoneMatch !== undefined) {
    const given = request.ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return etag !== undefined && (given.includes(etag) || given.includes('*'));
  }
  if (request.ifModifiedSince === undefined || lastModified === undefined) return false;
  const since = Date.parse(request.ifModifiedSince);
  return Number.isFinite(since) && Date.parse(lastModified) <= since;
}

function validatorsOf({ headers }: RenderedFeed): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name === 'etag' || name === 'last-modified');
  return Object.fromEntries(kept);
}

function feedList(feeds: readonly SampleFeed[]): string {
  const lines = feeds.map((feed) => `${feed.movedFrom ?? feed.path}\t${feed.format}\t${feed.title}`);
  return `${['Sample wire: invented outlets, invented news.', '', ...lines].join('\n')}\n`;
}

function textAnswer(status: number, text: string, headers: Record<string, string> = {}): SampleAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(text, 'utf8'),
  };
}

/** A node:http listener that serves the wire as it stands at each request. Never throws on a hostile request. */
export function createSamplePublisher({
  wire,
  epochMs,
  clock,
}: SamplePublisherOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const answer = answerSampleRequest(
      wire,
      {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        ifNoneMatch: request.headers['if-none-match'],
        ifModifiedSince: request.headers['if-modified-since'],
      },
      { epochMs, nowMs: clock() },
    );
    const length = answer.status === 304 ? {} : { 'content-length': answer.body.byteLength };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  };
}

/**
 * Serves the wire on a free port of 127.0.0.1; `origin` has no slash at the end. `close` ends open connections and
 * resolves when the port is free. Rejects with the server's error if the port cannot be bound.
 */
export function startSamplePublisher(
  options: SamplePublisherOptions,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(createSamplePublisher(options));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => closed(server) });
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
