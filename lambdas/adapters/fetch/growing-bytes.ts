/** Bytes that come in pieces, copied into one buffer: a body of a million one-byte chunks costs no more than its bytes. */
export interface GrowingBytes {
  add(chunk: Uint8Array): void;
  size(): number;
  /** A view of everything added so far. */
  all(): Uint8Array;
}

/** Most feeds decode to less than 64 KiB or to a few times that; the buffer doubles from here. Nothing is held for nothing. */
const firstBytes = 64 * 1024;

/** A declared length is believed up to here; a claim costs its sender nothing. */
const expectedBytesMax = 1024 * 1024;

/**
 * An empty buffer, with room at the first piece for the bytes expected (a declared length, 0 when unknown). It has no bound
 * of its own: the reader checks its caps before it adds.
 */
export function growingBytes(expectedBytes = 0): GrowingBytes {
  const roomBytes = expectedBytes > 0 ? Math.min(expectedBytes, expectedBytesMax) : firstBytes;
  let buffer = Buffer.alloc(0);
  let size = 0;
  return {
    add(chunk) {
      if (size + chunk.length > buffer.length) {
        const larger = Buffer.allocUnsafe(Math.max(roomBytes, 2 * buffer.length, size + chunk.length));
        buffer.copy(larger, 0, 0, size);
        buffer = larger;
      }
      buffer.set(chunk, size);
      size += chunk.length;
    },
    size: () => size,
    all: () => buffer.subarray(0, size),
  };
}
