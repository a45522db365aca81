import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The bytes of a file, or of whatever else can be opened and read to its end. Throws in words that name the file when it
 * is missing, a directory or over `bytesMax`; of an endless one no more than that is read.
 */
export function readBounded(file: string, bytesMax: number): Buffer {
  const descriptor = opened(file);
  try {
    if (fstatSync(descriptor).isDirectory()) throw new Error(`Expected a file, got the directory ${file}`);
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.allocUnsafe(65_536);
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, read));
      size += read;
      if (size > bytesMax) throw new Error(`Expected ${file} to have at most ${bytesMax} bytes, got more`);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a stream to its end. Throws in words that call it `name` when there are more than `bytesMax`. */
export async function readStreamBounded(
  stream: NodeJS.ReadableStream,
  name: string,
  bytesMax: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    size += bytes.length;
    if (size > bytesMax) throw new Error(`Expected ${name} to have at most ${bytesMax} bytes, got more`);
  }
  return Buffer.concat(chunks);
}

function opened(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = missing ? 'no such file' : String(cause instanceof Error ? cause.message : cause);
    throw new Error(`Expected a file that can be read, got ${file}: ${reason}`, { cause });
  }
}
