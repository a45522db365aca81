import { FetchFault } from './fetch-fault.ts';

/** Fields that may come once only; of a repeated one the first counts, as in node:http. Cookies are not kept at all. */
const single = new Set([
  'age',
  'content-length',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
]);

/**
 * Header fields by lower-case name from node's flat list of names and values; repeated lists are joined with a comma
 * (RFC 9110 §5.3). Values keep one code unit per byte. Throws FetchFault `protocol` above `headersMax` fields.
 */
export function responseHeaders(
  rawHeaders: readonly string[],
  headersMax: number,
): ReadonlyMap<string, string> {
  const fields = rawHeaders.length / 2;
  if (fields > headersMax) {
    throw new FetchFault('protocol', `Expected at most ${headersMax} header fields, got ${fields} or more`);
  }
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    const known = headers.get(name);
    if (name === 'set-cookie' || (known !== undefined && single.has(name))) continue;
    headers.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  return headers;
}
