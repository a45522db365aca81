import type { FetchFailure } from '../../core/fetch/fetch-result.ts';

/** Ends a hop from inside a stream or an event; the fetcher turns it into a failure value and lets none escape. */
export class FetchFault extends Error {
  readonly reason: FetchFailure;

  constructor(reason: FetchFailure, detail: string) {
    super(detail);
    this.name = 'FetchFault';
    this.reason = reason;
  }
}

/** How far the hop had come: no connection, connected and asked, or answered with headers. */
export type HopPhase = 'connecting' | 'waiting' | 'reading';

/** Codes of X.509 verification that do not begin with CERT_ or ERR_TLS_. Source: node's TLS documentation. */
const certificateCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'PATH_LENGTH_EXCEEDED',
  'EPROTO',
]);

const tlsCode = /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|ERROR_IN_CERT_)/;

/**
 * Names what went wrong in a hop. A reset or refusal before any answer is `connect` (it usually passes); the same within a
 * body is `protocol`, because half a document must never be read as a whole one.
 */
export function faultOf(error: unknown, phase: HopPhase): FetchFault {
  if (error instanceof FetchFault) return error;
  const code = codeOf(error);
  const detail = `${phase}: ${messageOf(error)}`.slice(0, 300);
  if (tlsCode.test(code) || certificateCodes.has(code)) return new FetchFault('tls', detail);
  if (code.startsWith('HPE_') || code.startsWith('ERR_')) return new FetchFault('protocol', detail);
  if (phase === 'reading') return new FetchFault('protocol', detail);
  return new FetchFault(code === 'ETIMEDOUT' ? 'timeout' : 'connect', detail);
}

/** The `code` of a system error, '' when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function messageOf(error: unknown): string {
  // The error of several failed connection attempts has an empty message; its code says what they have in common.
  if (error instanceof Error) return error.message === '' ? codeOf(error) || error.name : error.message;
  return String(error);
}
