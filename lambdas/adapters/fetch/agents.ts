import * as http from 'node:http';
import * as https from 'node:https';
import type { FetchLimits } from './limits.ts';

/** Where connections of one scheme come from: `pooled` keeps them for the next request, `fresh` always makes a new one. */
export interface Connections {
  readonly pooled: http.Agent;
  readonly fresh: http.Agent;
}

/** Longer than the spacing of a host's feeds, so that the next one can use the connection; servers close most earlier. */
const idleMsMax = 15_000;

/**
 * The connections of one fetcher by URL protocol. The pool is small: a redirect on the same host or the host's next feed
 * reuses a connection, and idle ones keep no process alive. `ca` replaces the trusted roots (PEM).
 */
export function createConnections(
  limits: FetchLimits,
  ca: string | undefined,
): { readonly 'http:': Connections; readonly 'https:': Connections } {
  const connecting = {
    autoSelectFamily: true,
    // Node's 250 ms gives up on reachable hosts on the other side of the world (nodejs/node issue 54359).
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(limits.deadlineMs / (limits.addressesMax + 1))),
  };
  const pool = { ...connecting, keepAlive: true, maxFreeSockets: 16, timeout: idleMsMax };
  const trust = ca === undefined ? {} : { ca };
  return {
    'http:': { pooled: new http.Agent(pool), fresh: new http.Agent(connecting) },
    'https:': {
      pooled: new https.Agent({ ...pool, ...trust }),
      fresh: new https.Agent({ ...connecting, ...trust }),
    },
  };
}
