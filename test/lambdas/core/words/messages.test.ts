import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../lambdas/core/words/entry.ts';
import { ingestBatches } from '../../../../lambdas/core/poll/ingest-batches.ts';
import { IngestRequest, messageBytesMax, messageText } from '../../../../lambdas/core/words/messages.ts';

const poll = {
  feed: 'f',
  source: 's',
  kind: 'trade',
  trace: 't-1.f',
  sequence: 1,
  seenAt: '2026-11-20T12:00:00.000Z',
  firstPoll: false,
} as const;
const entryOf = (number: number, character: string): Entry => ({
  key: `k${number}`,
  hash: 'h',
  title: character.repeat(512),
  url: null,
  published: null,
  updated: null,
  summary: character.repeat(1e3),
  authors: [],
  categories: [],
  lang: 'en',
});

describe('messageText', () => {
  it('reads back the same and holds only characters every queue takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sent = messageText({ text });
        expect(JSON.parse(sent)).toEqual({ text });
        expect(sent).toMatch(/^[\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd]*$/);
      }),
    );
  });
});

describe('ingestBatches', () => {
  it('keeps every message valid and within the bound, however dense the text', () => {
    for (const character of ['a', 'ж', '艦', '🚢']) {
      const entries = Array.from({ length: 60 }, (_, number) => entryOf(number, character));
      const batches = ingestBatches(
        entries.map((entry) => ({ entry, handedDay: null })),
        poll,
      );
      for (const batch of batches) {
        expect(IngestRequest.safeParse(batch).success).toBe(true);
        expect(Buffer.byteLength(messageText(batch))).toBeLessThanOrEqual(messageBytesMax);
      }
      expect(batches.flatMap((batch) => batch.entries.map((entry) => entry.key))).toEqual(
        entries.map((entry) => entry.key),
      );
    }
  });

  it('makes no message of no entries', () => {
    expect(ingestBatches([], poll)).toEqual([]);
  });
});
