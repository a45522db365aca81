import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { edgeAnswer, edgeRefusal, type App, type EdgeAnswer } from '../edge-answer.ts';

/** Handlers of the local run alone (`POST /local/poll`), by exact path; reachable only from this machine. */
export type LocalRoutes = ReadonlyMap<string, (request: Request) => Promise<Response>>;

/** `port` 0 takes any free one. */
interface HttpServerOptions {
  readonly app: App;
  readonly port: number;
  readonly host: '127.0.0.1';
  readonly local?: LocalRoutes;
}

/** A server that listens. `close` resolves when every connection has ended, a few seconds at most. */
export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Bounds of a connection: enough for any reader, little for one that holds on. A reader on this machine needs none of it. */
const limits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  keepAliveTimeoutMs: 5_000,
  headerBytesMax: 16_384,
  connectionsMax: 512,
  closeGraceMs: 5_000,
} as const;

/**
 * Serves the application on this machine over HTTP/1.1. Addresses are built from the bound port, never from the Host
 * header. Rejects when the port is taken. Over the bounds the answer is 431 or 408, a request that is no HTTP gets 400.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { headerBytesMax: maxHeaderSize, headersTimeoutMs: headersTimeout } = limits;
  const server = createServer({ maxHeaderSize, headersTimeout, requestTimeout: limits.requestTimeoutMs });
  server.keepAliveTimeout = limits.keepAliveTimeoutMs;
  server.maxConnections = limits.connectionsMax;
  const port = await listening(server, options);
  const origin = `http://${options.host}:${port}`;
  let closing = false;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (closing) response.setHeader('connection', 'close');
    answer(request, { ...options, origin }).then(
      (answered) => write(request, response, answered),
      () => response.destroy(),
    );
  });
  server.on('clientError', refuse);
  return {
    port,
    close: () => {
      closing = true;
      return closed(server);
    },
  };
}

function listening(server: Server, { port, host }: HttpServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Idle connections end at once, busy ones after their answer, stuck ones when the grace is over. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), limits.closeGraceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

interface Bound extends HttpServerOptions {
  readonly origin: string;
}

async function answer(request: IncomingMessage, { app, local, origin }: Bound): Promise<EdgeAnswer> {
  const target = request.url ?? '';
  const route = local?.get(target.split('?', 1)[0] ?? '');
  const allowed = route !== undefined && isFromThisMachine(request, origin);
  if (route !== undefined && !allowed) {
    return edgeRefusal('forbidden', 'Expected a request of this machine to this machine');
  }
  return edgeAnswer(route ?? app, {
    method: request.method ?? '',
    target,
    origin,
    headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    hasBody:
      request.headers['transfer-encoding'] !== undefined ||
      Number(request.headers['content-length'] ?? 0) > 0,
  });
}

/**
 * Answers whether a request comes from a program or page of this machine: a loopback peer, a Host that is ours, and no
 * foreign Origin. A web page elsewhere could otherwise start polls, directly or by pointing its own name at 127.0.0.1.
 */
function isFromThisMachine({ socket, headers }: IncomingMessage, origin: string): boolean {
  const names = [origin, origin.replace('127.0.0.1', 'localhost')];
  const peer = /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
  const host = names.includes(`http://${headers.host ?? ''}`);
  return peer && host && (headers.origin === undefined || names.includes(headers.origin));
}

function write(request: IncomingMessage, response: ServerResponse, answered: EdgeAnswer): void {
  const { status, headers, body } = answered;
  // A body nobody asked for is not read to its end; the connection goes with it.
  if (!request.complete && status === 413) response.setHeader('connection', 'close');
  response.writeHead(status, Object.fromEntries(headers));
  response.end(body ?? undefined);
  request.resume();
}

/** Answers what could not be read as a request, which no handler ever sees, and ends the connection. */
function refuse(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, headers, body } = refusalFor(error.code);
  const lines = [...headers, ['connection', 'close']].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body?.toString() ?? ''}`,
  );
}

/** Codes of node's parser (HPE_…) and server. Source: Node.js, "Event: 'clientError'". */
function refusalFor(code: string | undefined): EdgeAnswer {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const detail = `Expected headers of at most ${limits.headerBytesMax} bytes`;
    return edgeRefusal('header-fields-too-large', detail);
  }
  return code === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? edgeRefusal('request-timeout', 'Expected the request to arrive in time')
    : edgeRefusal('bad-request', 'Expected an HTTP/1.1 request');
}
