import { reopenWindow } from '../../lambdas/core/poll/seen-window.ts';
import type { FeedStateStore } from '../../lambdas/ports.ts';

/**
 * After an unclean stop: entries handed on since that day may have died in the in-memory queue, so the feeds forget them
 * and their validators, read their documents again and hand the entries on once more. Stored ones are then known. Every
 * feed with a state does so, of this catalogue or not: the run that was cut off may have had another one.
 */
export async function reopenWindows(states: FeedStateStore, sinceDay: number): Promise<void> {
  for (const { feedId } of await states.scheduleRows()) {
    const state = await states.load(feedId);
    if (state === null) continue;
    const forgotten = { etag: null, lastModified: null, bodyHash: null, validatorsUrl: null };
    const window = reopenWindow(state.window, sinceDay);
    // A feed whose every entry is forgotten is read for the first time once more, so its history keeps its own dates.
    const lastSuccessAt = window.length === 0 ? null : state.lastSuccessAt;
    await states.save({ ...state, ...forgotten, window, lastSuccessAt, version: state.version + 1 }, state);
  }
}
