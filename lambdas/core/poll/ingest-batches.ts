import type { HandedEntry } from './seen-window.ts';
import { type IngestRequest, messageBytesMax, messageText } from '../words/messages.ts';

/** Entries of one ingest message; small enough that one slow or bad entry delays few others. */
const batchEntriesMax = 25;

/**
 * Packs entries into ingest messages of at most 25 entries and 240 KB of JSON in UTF-8. An entry is far below the bound
 * by its own caps, so every entry fits. `entries` keep their order, oldest first, so that a wire fills as it happened.
 */
export function ingestBatches(
  entries: readonly HandedEntry[],
  poll: Omit<IngestRequest, 'v' | 'entries'>,
): IngestRequest[] {
  const batches: IngestRequest[] = [];
  let open: IngestRequest['entries'] = [];
  let bytes = 0;
  for (const { entry, handedDay } of entries) {
    const entryBytes = Buffer.byteLength(messageText(entry)) + 30;
    if (
      open.length === batchEntriesMax ||
      (open.length > 0 && bytes + entryBytes > messageBytesMax - 1_000)
    ) {
      batches.push({ v: 1, ...poll, entries: open });
      open = [];
      bytes = 0;
    }
    const { marks, ...others } = entry;
    open.push({
      ...others,
      handedDay,
      authors: [...entry.authors],
      categories: [...entry.categories],
      ...(marks === undefined ? {} : { marks: [...marks] }),
    });
    bytes += entryBytes;
  }
  if (open.length > 0) batches.push({ v: 1, ...poll, entries: open });
  return batches;
}
