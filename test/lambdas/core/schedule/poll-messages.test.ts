import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PollRequest } from '../../../../lambdas/core/words/messages.ts';
import { pollMessages } from '../../../../lambdas/core/schedule/poll-messages.ts';
import { feedOf } from '../../../support/stories.ts';

const traceOf = (feed: { id: string }) => `t.${feed.id}`;
const request = { tick: 100, forced: false, traceOf, isOwnHost: () => false };

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

  it('keeps the feeds of one host in one message, and delays what does not fit', () => {
    const feeds = Array.from({ length: 23 }, (_, at) =>
      feedOf(`feed-${at}`, { url: `https://big.example/${at}` }),
    );
    const messages = pollMessages(feeds, request);
    expect(messages.map((message) => message.delaySeconds)).toEqual([0, 60, 120]);
  });

  it('does not delay the feeds of our own hosts', () => {
    const feeds = Array.from({ length: 23 }, (_, at) => feedOf(`feed-${at}`));
    const messages = pollMessages(feeds, { ...request, isOwnHost: () => true });
    expect(messages.map((message) => message.delaySeconds)).toEqual([0, 0, 0]);
  });

  it('does not delay what a person asked for', () => {
    const feeds = Array.from({ length: 23 }, (_, at) =>
      feedOf(`feed-${at}`, { url: `https://big.example/${at}` }),
    );
    const messages = pollMessages(feeds, { ...request, forced: true });
    expect(messages.every((message) => message.delaySeconds === 0 && message.body.forced)).toBe(true);
  });
});
