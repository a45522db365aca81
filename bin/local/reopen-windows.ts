import type { Feed } from '../../lambdas/core/words/feed.ts';
import { reopenWindow } from '../../lambdas/core/poll/seen-window.ts';
import type { FeedStateStore } from '../../lambdas/ports.ts';

/**
 * After an unclean stop: entries handed on since that day may have died in the in-memory queue, so the feeds forget them
 * and their validators, read their documents again and hand the entries on once more. Stored ones are then known.
 */
export async function reopenWindows(
  states: FeedStateStore,
  feeds: readonly Feed[],
  sinceDay: number,
): Promise<void> {
  for (const feed of feeds) {
    const state = await states.load(feed.id);
    if (state === null) continue;
    const forgotten = { etag: null, lastModified: null, bodyHash: null, validatorsUrl: null };
    const window = reopenWindow(state.window, sinceDay);
    // A feed whose every entry is forgotten is read for the first time once more, so its history keeps its own dates.
    const lastSuccessAt = window.length === 0 ? null : state.lastSuccessAt;
    await states.save({ ...state, ...forgotten, window, lastSuccessAt, version: state.version + 1 }, state);
  }
}
