import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DecoderMaker, decoderFor } from './content-coding.ts';
import { FetchFault } from './fetch-fault.ts';
import { growingBytes } from './growing-bytes.ts';
import type { FetchLimits } from './limits.ts';

/** One answer whose body is to be read. `headers` are lower-case; `wireBytes` tells what has come in on this hop so far. */
export interface BodySource {
  readonly response: IncomingMessage;
  readonly headers: ReadonlyMap<string, string>;
  readonly wireBytes: () => number;
  readonly limits: FetchLimits;
}

/**
 * The whole body of a 200, decoded and within both caps, counted while it streams. Throws FetchFault `too-large` above a
 * cap (a Content-Length above it ends the hop before the body), `protocol` for a bad coding; a body that ends early rejects
 * with the stream's own error. Never gives a part of a body.
 */
export async function readWholeBody(source: BodySource): Promise<Uint8Array> {
  const { response, headers, limits } = source;
  const declaredBytes = Number(headers.get('content-length') ?? 0);
  if (declaredBytes > limits.wireBytesMax) throw tooLarge('on the wire', limits.wireBytesMax);
  checkTransferCoding(headers.get('transfer-encoding'));
  const decoder = await decoderOf(response, decoderFor(headers.get('content-encoding')));
  const bytes = growingBytes(decoder === null ? declaredBytes : 0);
  const collect = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      bytes.add(chunk);
      if (bytes.size() > limits.decodedBytesMax) throw tooLarge('decoded', limits.decodedBytesMax);
    }
  };
  if (decoder === null) await collect(withinWireCap(source)(response));
  else await pipeline(response, withinWireCap(source), decoder, collect);
  if (!response.complete) throw new FetchFault('protocol', 'Expected a complete body, got a part of one');
  return bytes.all();
}

/**
 * The beginning of a body that is not a 200, at most `errorBytesMax`, decoded as far as it goes. Whatever goes wrong only
 * shortens it: the status already says how the poll ended, and the text is only looked at for a challenge page.
 */
export async function readErrorBody(source: BodySource): Promise<Uint8Array> {
  const { response, headers, limits } = source;
  const bytes = growingBytes();
  const collect = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) {
      bytes.add(chunk.subarray(0, limits.errorBytesMax - bytes.size()));
      if (bytes.size() >= limits.errorBytesMax) return;
    }
  };
  try {
    const decoder = await decoderOf(response, decoderFor(headers.get('content-encoding')));
    if (decoder === null) await collect(withinWireCap(source)(response));
    else await pipeline(response, withinWireCap(source), decoder, collect);
  } catch {
    // The status is the answer; a body that breaks off or cannot be decoded just ends here.
  }
  // Destroys the socket as well: a connection with an unread rest cannot be used again.
  if (!response.readableEnded) response.destroy();
  return bytes.all();
}

/** Passes the body on and stops it at the wire cap, which counts framing too and sees bytes that decode to nothing. */
function withinWireCap({ wireBytes, limits }: BodySource) {
  const wireMax = limits.wireBytesMax + limits.headerBytesMax;
  return async function* pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bodyBytes = 0;
    for await (const chunk of chunks) {
      bodyBytes += chunk.length;
      if (bodyBytes > limits.wireBytesMax || wireBytes() > wireMax) {
        throw tooLarge('on the wire', limits.wireBytesMax);
      }
      yield chunk;
    }
  };
}

/**
 * The decoder, made once the first byte is there to choose it by; the body stays unread. Null when there is nothing to
 * decode: no coding, or an empty body, which servers label `gzip` without a gzip header in it.
 */
async function decoderOf(response: IncomingMessage, maker: DecoderMaker | null): Promise<Transform | null> {
  if (maker === null) return null;
  await new Promise<void>((resolve, reject) => {
    response.once('readable', resolve).once('end', resolve).once('close', resolve).once('error', reject);
  });
  const chunk: unknown = response.read();
  if (!Buffer.isBuffer(chunk)) return null;
  response.unshift(chunk);
  return maker(chunk[0] ?? 0);
}

/** We never ask for a transfer coding but chunked, which node has taken off; any other would pass for the text itself. */
function checkTransferCoding(header: string | undefined): void {
  const coding = (header ?? '').trim().toLowerCase();
  if (coding === '' || coding === 'chunked' || coding === 'identity') return;
  throw new FetchFault('protocol', `Expected transfer coding chunked, got ${coding.slice(0, 60)}`);
}

function tooLarge(where: string, bytesMax: number): FetchFault {
  return new FetchFault('too-large', `Expected at most ${bytesMax} bytes ${where}, got more`);
}
