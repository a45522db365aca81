import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PollRequest } from '../../../../lambdas/core/words/messages.ts';
import { giveTurns } from '../../../../lambdas/core/schedule/host-turns.ts';
import { pollMessages, turnMessages } from '../../../../lambdas/core/schedule/poll-messages.ts';
import { feedOf } from '../../../support/stories.ts';

const traceOf = (feed: { id: string }) => `t.${feed.id}`;
const request = { tick: 100, forced: false, traceOf };

describe('pollMessages', () => {
  it('carries every feed exactly once, at most ten a message, and each message is valid', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 120 }), (hosts) => {
        const feeds = hosts.map((host, at) =>
          feedOf(`feed-${at}`, { url: `https://host-${host}.example/${at}` }),
        );
        const messages = pollMessages(feeds, request);
        for (const { body } of messages) expect(PollRequest.safeParse(body).success).toBe(true);
        expect(messages.every(({ body }) => body.feeds.length <= 10)).toBe(true);
        const carried = messages.flatMap(({ body }) => body.feeds.map((feed) => feed.id));
        expect(carried.sort()).toEqual(feeds.map((feed) => feed.id).sort());
      }),
    );
  });

  it('keeps the feeds of one host in one message where they fit, and delays nothing', () => {
    const urls = ['a', 'a', 'a', 'b', 'b', 'b', 'b', 'c', 'c', 'c', 'c', 'c'];
    const feeds = urls.map((host, at) => feedOf(`feed-${at}`, { url: `https://${host}.example/${at}` }));
    const messages = pollMessages(feeds, { ...request, forced: true });
    expect(messages.map(({ body }) => body.feeds.length)).toEqual([7, 5]);
    expect(messages.every((message) => message.delaySeconds === 0 && message.body.forced)).toBe(true);
  });
});

describe('turnMessages', () => {
  it('carries every turn once, together only with turns of other hosts that begin with it, held back until then', () => {
    const now = 100 * 60_000 + 1_500;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 120 }), (hosts) => {
        const due = hosts.map((host, at) => ({ feed: feedOf(`feed-${at}`), host: `host-${host}.example` }));
        const { given } = giveTurns(due, { tick: 100, now });
        const messages = turnMessages(given, { tick: 100, traceOf, now });
        for (const { body, delaySeconds } of messages) {
          expect(PollRequest.safeParse(body).success).toBe(true);
          expect(body.feeds.length).toBeLessThanOrEqual(10);
          const turns = body.feeds.flatMap(({ turn }) => turn ?? []);
          expect(turns).toHaveLength(body.feeds.length);
          expect(new Set(turns.map(({ startAt }) => startAt)).size).toBe(1);
          expect(new Set(turns.map(({ host }) => host)).size).toBe(turns.length);
          const sentAt = now + delaySeconds * 1_000;
          expect(sentAt).toBeGreaterThanOrEqual(turns[0]?.startAt ?? 0);
          expect(sentAt - (turns[0]?.startAt ?? 0)).toBeLessThan(1_000);
        }
        const carried = messages.flatMap(({ body }) => body.feeds.map((feed) => feed.id));
        expect(carried.sort()).toEqual(given.map(({ feed }) => feed.id).sort());
      }),
    );
  });
});
