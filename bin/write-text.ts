import { once } from 'node:events';

/** Writes and waits when the reader is slower than we are, so that a large output never piles up in memory. */
export async function writeText(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
