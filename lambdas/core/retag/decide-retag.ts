import type { Story, Tags } from '../words/story.ts';
import { hasSameTags, type TagChange, tagChange } from './tag-change.ts';

/**
 * What the present rules mean for a stored story. `retagged`: its next version. `stamped`: the same tags under another
 * taxonomy version, which no listing shows, so only the story's own item is written, at the version it has.
 */
export type RetagDecision =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'stamped'; readonly story: Story }
  | { readonly kind: 'retagged'; readonly story: Story; readonly change: TagChange };

/**
 * Decides by the tags themselves: a story that has exactly those the rules give is done, whatever wrote them, so no mark
 * on it can be wrong and a second run writes nothing. Re-tagging is no edit: everything but tags, taxonomyVersion and
 * version stays as it is, `revision` and `updated` too (invariant I6).
 */
export function decideRetag(stored: Story, tags: Tags, taxonomyVersion: number): RetagDecision {
  if (!hasSameTags(stored.tags, tags)) {
    const story = { ...stored, tags, taxonomyVersion, version: stored.version + 1 };
    return { kind: 'retagged', story, change: tagChange(stored.tags, tags) };
  }
  if (stored.taxonomyVersion === taxonomyVersion) return { kind: 'unchanged' };
  return { kind: 'stamped', story: { ...stored, taxonomyVersion } };
}
