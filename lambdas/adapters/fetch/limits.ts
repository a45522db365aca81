/** The bounds of one fetch: one request chain with all its redirects. */
export interface FetchLimits {
  /** Wall clock for everything: name, connection, every hop, body. Idle timers never fire on a feed that drips. */
  readonly deadlineMs: number;
  /** Redirects followed; one request more than this is made at most (and one for a stale pooled connection). */
  readonly redirectsMax: number;
  /** Bytes of one body as sent, before decoding; chunk framing counts as well. */
  readonly wireBytesMax: number;
  /** Bytes of one body after decoding. */
  readonly decodedBytesMax: number;
  /** Bytes of a body that is not a 200: enough to recognise a challenge page, the rest is not fetched. */
  readonly errorBytesMax: number;
  /** Bytes of one header block, and its fields. */
  readonly headerBytesMax: number;
  readonly headersMax: number;
  /** Interim (1xx) answers before the real one. */
  readonly interimMax: number;
  /** Addresses of one name that are tried. */
  readonly addressesMax: number;
}

/**
 * - Deadline: a batch of feeds must end well within a Lambda's time; healthy feeds answer in under two seconds.
 * - 5 redirects: Fetch allows 20, but real feeds need two or three (http to https, www, a feed host).
 * - 5 MiB on the wire, 10 MiB decoded: CommaFeed stops at 5 MB and Miniflux at 15 MiB; the largest archives served as
 *   feeds are below 10 MiB and compress five times or more. Ten fetches at once then hold at most 150 MiB.
 * - 32 KiB and 512 fields of headers: lexpress.fr sends 120; node's default of 16 KiB is tight for long policies.
 */
export const fetchLimits: FetchLimits = {
  deadlineMs: 10_000,
  redirectsMax: 5,
  wireBytesMax: 5 * 1024 * 1024,
  decodedBytesMax: 10 * 1024 * 1024,
  errorBytesMax: 64 * 1024,
  headerBytesMax: 32 * 1024,
  headersMax: 512,
  interimMax: 8,
  addressesMax: 4,
};
