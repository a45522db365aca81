import { expect, it } from 'vitest';
import { reopenWindows } from '../../../bin/local/reopen-windows.ts';
import type { FeedState } from '../../../lambdas/core/poll/feed-state.ts';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import { firstTickRow } from '../../../lambdas/core/schedule/tick-row.ts';
import type { FeedStateStore } from '../../../lambdas/ports.ts';
import { feedOf } from '../../support/stories.ts';

const seen = (key: string, seenDay: number) => ({ key, hash: 'h', seenDay, leftDay: null });

function polled(id: string, window: FeedState['window']): FeedState {
  const state = firstFeedState(feedOf(id), { min: 10, max: 480 });
  return { ...state, etag: '"1"', bodyHash: 'b', lastSuccessAt: 7, window };
}

function storeOf(states: readonly FeedState[]) {
  const held = new Map(states.map((state) => [state.feedId, state]));
  const store: FeedStateStore = {
    load: async (feedId) => held.get(feedId) ?? null,
    save: async (state, previous) => {
      if (held.get(state.feedId)?.version !== previous?.version) return false;
      held.set(state.feedId, state);
      return true;
    },
    scheduleRows: async () => [...held.values()],
    schedule: async () => ({ rows: [...held.values()], hostWaits: new Map() }),
    tickRow: async () => firstTickRow,
    saveTickRow: async () => true,
    hold: async () => undefined,
    putOff: async () => undefined,
    hostWait: async () => 0,
    saveHostWait: async () => undefined,
  };
  return { store, held };
}

it('makes every feed with a state forget what it handed on since the day, whatever catalogue it was of', async () => {
  const { store, held } = storeOf([
    polled('alpha', [seen('old', 4), seen('new', 5)]),
    polled('bravo', [seen('new', 6)]),
  ]);
  await reopenWindows(store, 5);
  expect(held.get('alpha')).toMatchObject({
    etag: null,
    bodyHash: null,
    lastSuccessAt: 7,
    window: [seen('old', 4)],
  });
  expect(held.get('bravo')).toMatchObject({ etag: null, bodyHash: null, lastSuccessAt: null, window: [] });
});
