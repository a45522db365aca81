import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { hostOf, portOf } from '../../core/fetch/fetch-url.ts';
import type { FetchFailure } from '../../core/fetch/fetch-result.ts';
import { codeOf, FetchFault, faultOf, type HopPhase } from './fetch-fault.ts';
import type { FetchLimits } from './limits.ts';
import { type BodySource, readErrorBody, readWholeBody } from './read-body.ts';
import { responseHeaders } from './response-headers.ts';
import type { Target } from './target.ts';

/** One GET to one vetted target; `agent` is of the target's scheme. */
export interface HopRequest {
  readonly target: Target;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent;
  readonly signal: AbortSignal;
  readonly limits: FetchLimits;
}

/**
 * What the hop gave. `sent`: the request was written. `stale`: on a pooled connection that the server had closed meanwhile,
 * so the request deserves another.
 */
export type HopResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: ReadonlyMap<string, string>;
      readonly body: Uint8Array;
      readonly wireBytes: number;
      readonly sent: true;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FetchFailure;
      readonly detail: string;
      readonly wireBytes: number;
      readonly sent: boolean;
      readonly stale: boolean;
    };

/** What is known of a hop under way. */
interface Progress {
  phase: HopPhase;
  /** The first error of the request; one that comes during the body must not be lost, whatever the body looked like. */
  error: unknown;
  socket: Socket | null;
  bytesBefore: number;
}

/**
 * Makes one request and reads its answer: the whole body of a 200, the beginning of any other, none of a redirect's. Not a
 * byte of the request is written before the connected peer has been vetted. Ends every socket it does not finish cleanly.
 * Never throws.
 */
export async function requestOnce(hop: HopRequest): Promise<HopResult> {
  const progress: Progress = { phase: 'connecting', error: null, socket: null, bytesBefore: 0 };
  const wireBytes = () => (progress.socket?.bytesRead ?? progress.bytesBefore) - progress.bytesBefore;
  let request: http.ClientRequest | null = null;
  try {
    request = createRequest(hop);
    const response = await answerOf(request, hop, progress);
    const headers = responseHeaders(response.rawHeaders, hop.limits.headersMax);
    const status = response.statusCode ?? 0;
    const source = { response, headers, wireBytes, limits: hop.limits };
    const body = await bodyFor(status, source);
    // A reset ends a body without a length as a close does; only the request's own error tells them apart.
    if (status === 200 && progress.error !== null) throw progress.error;
    return { kind: 'response', status, headers, body, wireBytes: wireBytes(), sent: true };
  } catch (error) {
    request?.destroy();
    const { phase } = progress;
    const failure = { kind: 'failure', wireBytes: wireBytes(), sent: phase !== 'connecting' } as const;
    if (hop.signal.aborted) {
      const detail = `Expected an answer within ${hop.limits.deadlineMs} ms, got none while ${phase}`;
      return { ...failure, reason: 'timeout', detail, stale: false };
    }
    const { reason, message } = faultOf(error, phase);
    const stale = request?.reusedSocket === true && phase === 'waiting' && isClosed(error);
    return { ...failure, reason, detail: message, stale };
  }
}

async function bodyFor(status: number, source: BodySource): Promise<Uint8Array> {
  if (status === 200) return readWholeBody(source);
  if (status === 304 || status === 204) {
    // These never have a body (RFC 9112 §6.3); the stream only has to end for the connection to be used again.
    source.response.resume();
    return new Uint8Array();
  }
  if (status < 300 || status >= 400) return readErrorBody(source);
  // Nobody reads the text of a redirect; its connection is given up rather than drained.
  source.response.destroy();
  return new Uint8Array();
}

function createRequest({ target, headers, agent, signal, limits }: HopRequest): http.ClientRequest {
  const { url, addresses } = target;
  const host = hostOf(url);
  const options: https.RequestOptions = {
    protocol: url.protocol,
    hostname: host,
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers,
    agent,
    signal,
    maxHeaderSize: limits.headerBytesMax,
    // The vetted addresses are the only ones the socket layer ever hears of; Host and SNI keep the name.
    lookup: (_hostname, _options, callback) => callback(null, [...addresses]),
  };
  const request = url.protocol === 'https:' ? https.request(options) : http.request(options);
  // One more than allowed is kept, so that a flood is seen as one instead of being cut silently.
  request.maxHeadersCount = limits.headersMax + 1;
  return request;
}

/** Sends the request once its peer is vetted, and gives the answer once its headers are complete. */
function answerOf(
  request: http.ClientRequest,
  { target, limits }: HopRequest,
  progress: Progress,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let interim = 0;
    // Stays for the life of the request: a late error without a listener would end the process.
    request.on('error', (error) => {
      progress.error ??= error;
      reject(error);
    });
    request.on('socket', (socket) => {
      const send = (): void => {
        progress.phase = 'waiting';
        progress.socket = socket;
        progress.bytesBefore = socket.bytesRead;
        request.end();
      };
      const vet = (): void => {
        const peer = socket.remoteAddress ?? 'none';
        if (!target.acceptsPeer(peer)) {
          request.destroy(new FetchFault('guarded', `Expected a public peer address, got ${peer}`));
        } else if (fresh && socket instanceof TLSSocket) socket.once('secureConnect', send);
        else send();
      };
      // A pooled socket is connected, and its handshake done, but is vetted like a fresh one.
      const fresh = socket.connecting;
      if (fresh) socket.once('connect', vet);
      else vet();
    });
    request.on('information', () => {
      interim += 1;
      if (interim <= limits.interimMax) return;
      request.destroy(
        new FetchFault('protocol', `Expected at most ${limits.interimMax} interim answers, got more`),
      );
    });
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new FetchFault('protocol', 'Expected an answer, got a change of protocol'));
    });
    request.on('response', (response) => {
      progress.phase = 'reading';
      resolve(response);
    });
  });
}

function isClosed(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
}
