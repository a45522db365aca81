import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import type { TestCertificate } from './certificate.ts';

/** A request as the publisher saw it. `connection` counts connections from 1, so reuse shows. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly connection: number;
}

/** What an answer that is a function gets: the parsed request, the response to write to, or the bare socket to break. */
export interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly socket: Socket;
}

/** One scripted answer: a status (200), headers and a body, or a function that writes whatever it likes. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: http.OutgoingHttpHeaders;
      readonly body?: string | Uint8Array;
    }
  | ((exchange: Exchange) => void);

/** A publisher on loopback, scriptable per path (with its query); an unscripted path is a 404. */
export interface Publisher {
  readonly port: number;
  /** `127.0.0.1:PORT`, for lists of allowed hosts. */
  readonly host: string;
  /** The address of a path, on another host name if one is given. */
  url(path: string, hostname?: string): string;
  /** Answers for a path in order; the last one repeats. A second call starts the script anew. */
  serve(path: string, ...answers: readonly [Answer, ...Answer[]]): void;
  readonly requests: readonly SeenRequest[];
  /** How often this path was asked for. */
  hits(path: string): number;
  connections(): number;
  /** Bytes that reached the publisher on all connections, of whatever protocol. */
  bytesReceived(): number;
  close(): Promise<void>;
}

/** Starts a publisher on a free port of 127.0.0.1, with TLS when it has a certificate. Close it when the test ends. */
export async function startPublisher(tls?: TestCertificate): Promise<Publisher> {
  const scripts = new Map<string, Answer[]>();
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const numbers = new Map<Socket, number>();
  const listener: http.RequestListener = (request, response) => {
    const path = request.url ?? '';
    requests.push({ path, headers: request.headers, connection: numbers.get(request.socket) ?? 0 });
    give(nextAnswer(scripts.get(path)), { request, response, socket: request.socket });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer({ ...tls }, listener);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  // Requests arrive on the TLS socket, which is another object than the connection below it.
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    numbers.set(socket, numbers.size + 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  const { port } = address;
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    port,
    host: `127.0.0.1:${port}`,
    url: (path, hostname = '127.0.0.1') => `${scheme}://${hostname}:${port}${path}`,
    serve: (path, ...answers) => scripts.set(path, [...answers]),
    requests,
    hits: (path) => requests.filter((request) => request.path === path).length,
    connections: () => sockets.size,
    bytesReceived: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function nextAnswer(script: Answer[] | undefined): Answer {
  const answer = script !== undefined && script.length > 1 ? script.shift() : script?.[0];
  return answer ?? { status: 404, body: 'not here' };
}

function give(answer: Answer, exchange: Exchange): void {
  if (typeof answer === 'function') {
    answer(exchange);
    return;
  }
  exchange.response.writeHead(answer.status ?? 200, answer.headers ?? {});
  exchange.response.end(answer.body ?? '');
}

/** Writes these bytes as they are, past node's own HTTP, and closes the connection: for answers that break HTTP. */
export function raw(...bytes: readonly (string | Uint8Array)[]): Answer {
  return ({ socket }) => {
    for (const part of bytes) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
    socket.end();
  };
}

/** Writes these bytes and resets the connection once they are out. */
export function rawThenReset(bytes: string): Answer {
  return ({ socket }) => {
    socket.write(Buffer.from(bytes, 'latin1'), () => {
      // resetAndDestroy ends the stream in order first, which the other side takes for a clean close.
      Reflect.set(socket, 'resetAndClosing', true);
      socket.destroy();
    });
  };
}

/** Takes the request and never answers. */
export const stall: Answer = () => {};

/** Writes `head` and then one byte every few milliseconds until the other side has had enough. */
export function drip(head: string): Answer {
  return ({ socket }) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(' '), 5);
    socket.on('close', () => clearInterval(timer));
    socket.on('error', () => clearInterval(timer));
  };
}

/** Writes `head` and then the same block as fast as the other side takes it, without end. */
export function flood(head: string, block: Uint8Array): Answer {
  return ({ socket }) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', more);
    socket.on('error', () => socket.destroy());
    socket.write(head);
    more();
  };
}
