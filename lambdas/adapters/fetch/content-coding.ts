import * as zlib from 'node:zlib';
import { Transform } from 'node:stream';
import { FetchFault } from './fetch-fault.ts';

/** Makes a decoder for one content-coding, told the first byte of the body. */
export type DecoderMaker = (firstByte: number) => Transform;

/** Releases from 22.15 on have zstd; older ones must neither offer nor accept it. */
const createZstd: unknown = Reflect.get(zlib, 'createZstdDecompress');
const zstdEntries: readonly (readonly [string, DecoderMaker])[] =
  typeof createZstd === 'function' ? [['zstd', () => checkedTransform(createZstd())]] : [];

const makers: ReadonlyMap<string, DecoderMaker> = new Map<string, DecoderMaker>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  ['deflate', deflateDecoder],
  ['br', () => zlib.createBrotliDecompress()],
  ...zstdEntries,
]);

/** The Accept-Encoding we send: exactly what can be decoded here. */
export const acceptEncoding = [...makers.keys()].filter((coding) => coding !== 'x-gzip').join(', ');

/**
 * The decoder for a Content-Encoding header; null when the body is plain. Two codings, an unknown one or one we did not
 * offer are FetchFault `protocol`: chains of codings are how a kilobyte becomes a gigabyte (CVE-2026-22036).
 */
export function decoderFor(contentEncoding: string | undefined): DecoderMaker | null {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding] = codings;
  if (coding === undefined) return null;
  const maker = makers.get(coding);
  if (codings.length === 1 && maker !== undefined) return maker;
  const got = codings.join(', ').slice(0, 100);
  throw new FetchFault('protocol', `Expected at most one content-coding of ${acceptEncoding}, got ${got}`);
}

/**
 * RFC 9110 §8.4.1.2 means the zlib format; some servers send bare deflate data instead. A zlib stream begins with
 * compression method 8 in the low bits of its first byte (RFC 1950 §2.2), which bare data of a real encoder does not.
 */
function deflateDecoder(firstByte: number): Transform {
  return (firstByte & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
}

function checkedTransform(decoder: unknown): Transform {
  if (decoder instanceof Transform) return decoder;
  throw new FetchFault('protocol', 'Expected zlib to give a zstd decoder, got something else');
}
