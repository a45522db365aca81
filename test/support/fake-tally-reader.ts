import { tallyEntry } from '../../lambdas/core/tally/tally-entry.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import type { TallyReader } from '../../lambdas/ports.ts';

/** A TallyReader that counts the stories there are, so that it is never behind them. */
export const fakeTallyReader = (stories: () => readonly Story[]): TallyReader => ({
  days: async ({ since, until }) => ({
    entries: stories()
      .map((story) => tallyEntry(story, null))
      .filter(({ sortTime }) => sortTime >= since && sortTime < until),
    readUnits: 0,
  }),
});
