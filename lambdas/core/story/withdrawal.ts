import type { Story } from '../words/story.ts';
import { historyWith } from './earlier-texts.ts';
import { noticeOf } from './notice.ts';

/**
 * The story once its publisher has deleted the entry: marked as retracted, which is a revision of its own; text, tags and
 * place stay, so that who has read it finds it marked. Null when it is marked already. `seenAt` is ISO 8601.
 */
export function withdrawnStory(story: Story, seenAt: string): Story | null {
  if (story.notice === 'retraction') return null;
  const { followed: _followed, ...kept } = story;
  return {
    ...kept,
    notice: 'retraction',
    history: historyWith(story, story),
    updated: seenAt,
    revision: story.revision + 1,
    version: story.version + 1,
  };
}

/** A story's title for readers who see nothing else of it: `Withdrawn: …` where it is retracted and does not say so itself. */
export function headlineOf({ title, notice }: Pick<Story, 'title' | 'notice'>): string {
  const isTold = notice !== 'retraction' || noticeOf({ title, summary: '' }) === 'retraction';
  return isTold ? title : `Withdrawn: ${title}`;
}
