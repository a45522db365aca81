import type { Story } from '../core/words/story.ts';
import type { StoryWriter } from '../ports.ts';

/** Two writers of one story settle within a round each; more than this means the store misbehaves. */
const attemptsMax = 8;

/**
 * Rewrites another story's stored form by `change`, which gives its next version or null to leave it; again from a fresh
 * read when somebody else wrote in between. Gives the story as it then stands; null when there is none. One that is not
 * complete has somebody to publish it, who sees to it that the last version is listed; so only its own item is written,
 * unless that somebody had just finished.
 */
export async function rewriteStory(
  stories: StoryWriter,
  id: string,
  change: (story: Story) => Story | null,
): Promise<Story | null> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const stored = await stories.find(id);
    if (stored === null) return null;
    const next = change(stored.story);
    if (next === null) {
      // Whoever wrote the version that stands may have died before its listings.
      if (!stored.complete && stored.listed > 0) await stories.publish(stored);
      return stored.story;
    }
    if (stored.complete) {
      if ((await stories.replace(next, stored.story)) === 'replaced') return next;
      continue;
    }
    if ((await stories.amend(next, stored, stored.plan)) === null) continue;
    const now = await stories.find(id);
    if (now !== null && !now.complete && now.listed >= stored.story.version) await stories.publish(now);
    return next;
  }
  throw new Error(`Expected to rewrite ${id} within ${attemptsMax} attempts, got a conflict at each`);
}
