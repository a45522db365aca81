import type { Log, StoredStory } from '../ports.ts';
import { isPlaceable } from '../core/story/story-place.ts';
import { carryOut, type CarryOutDeps } from './carry-out.ts';
import { type LookAgain, lookAround, type LookAroundDeps } from './look-around.ts';

/** What bringing a story to its place needs. */
export interface SettleDeps extends CarryOutDeps, Omit<LookAroundDeps, 'stories' | 'clusters'> {
  readonly clusters: CarryOutDeps['clusters'] & LookAroundDeps['clusters'];
  readonly log: Log;
}

/** Others may move the same stories at the same time; each round one of them gets on. More means a store that misbehaves. */
const roundsMax = 6;

/**
 * Brings a claimed story to its place among those of its event, and then onto the wire. Two at once find each other,
 * because each is announced and claimed before it looks around. What is to be done is stored with the story before it is
 * done, and the wire comes last: after a crash anywhere the story is not complete, and whoever meets it next goes on here.
 */
export async function settleStory(deps: SettleDeps, found: StoredStory): Promise<void> {
  let stored = found;
  let isResumed = true;
  let again: LookAgain | null = stored.plan === null ? firstLook : null;
  for (let round = 1; round <= roundsMax; round += 1) {
    if (again !== null) {
      const next = await nextPlan(deps, stored, again);
      if (next === 'settled') return deps.stories.publish(stored);
      isResumed = next === 'conflict';
      stored = next === 'conflict' ? await foundAgain(deps, stored) : next;
    }
    const { plan } = stored;
    if (plan === null) {
      again = firstLook;
      continue;
    }
    const { isVoid, story, behind } = await carryOut(deps, { story: stored.story, plan, isResumed });
    if (!isVoid && behind.length === 0) return deps.stories.publish({ ...stored, story });
    again = { isFree: isVoid, behind };
    stored = await foundAgain(deps, stored);
  }
  deps.log.warn('story.unsettled', { story: stored.story.id, trace: stored.story.trace, rounds: roundsMax });
  await deps.stories.publish(stored);
}

const firstLook: LookAgain = { isFree: false, behind: [] };

/** Decides where the story belongs and stores that with it; 'settled': it stands there and moves nobody. */
async function nextPlan(
  deps: SettleDeps,
  stored: StoredStory,
  again: LookAgain,
): Promise<StoredStory | 'settled' | 'conflict'> {
  if (!isPlaceable(stored.story)) return 'settled';
  const next = await lookAround(deps, stored.story, again);
  if (next === null) return 'settled';
  const { story, plan } = next;
  const amended = await deps.stories.amend(story, stored, plan);
  if (amended === null) return 'conflict';
  const { cluster, original } = plan.own.to;
  const moves = plan.moves.length;
  deps.log.info('story.placed', { story: story.id, trace: story.trace, cluster, original, moves });
  return amended;
}

async function foundAgain(deps: SettleDeps, stored: StoredStory): Promise<StoredStory> {
  return (await deps.stories.find(stored.story.id)) ?? stored;
}
