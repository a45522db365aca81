import { expect, it } from 'vitest';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import type { PollDeps } from '../../../lambdas/poll/handler.ts';
import { honourHostWait } from '../../../lambdas/poll/host-wait.ts';
import { answerOf } from '../../support/poll-bench.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { feedOf } from '../../support/stories.ts';

/** Answers 429 to a poll and gives what was noted, in order. */
async function noted(isOwnHost: boolean, asked = 'https://www.naval.example/feed'): Promise<string[]> {
  const notes: string[] = [];
  const unused = async () => {
    throw new Error('not asked for');
  };
  const deps: PollDeps = {
    feeds: new Map(),
    states: {
      load: unused,
      save: unused,
      putOff: unused,
      hostWait: unused,
      saveHostWait: async (host, until) => void notes.push(`row ${host} ${until}`),
    },
    fetcher: { fetch: unused },
    gate: {
      run: (_url, work) => work(),
      hold: (url, until) => void notes.push(`gate ${url} ${until}`),
      heldUntil: () => 0,
    },
    ingestQueue: { send: unused },
    isOwnHost: () => isOwnHost,
    clock: () => 0,
    log: recordingLog().log,
  };
  const feed = feedOf('naval', { url: asked });
  const bounds = { min: 10, max: 480 };
  const state = firstFeedState(feed, bounds);
  const poll = { feed, trace: 't', forced: false, tick: 0, turn: null };
  const context = { ...poll, state, previous: null, bounds, now: 1_000, unconditional: true };
  await honourHostWait(deps, context, answerOf(429, { headers: { 'retry-after': '60' } }));
  return notes;
}

it('tells this process before the table, so that feeds waiting in the same message are not asked meanwhile', async () => {
  expect(await noted(false)).toEqual(['gate https://naval.example/feed 61000', 'row naval.example 61000']);
});

it('lets no publisher silence another host by a redirect to it', async () => {
  expect(await noted(false, 'https://rival.example/feed')).toEqual([]);
});

it('spares the other feeds of an own host, where one server may play many publishers', async () => {
  expect(await noted(true)).toEqual([]);
});
