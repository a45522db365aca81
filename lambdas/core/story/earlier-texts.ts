import { contentHash, hashParts } from '../identity/identity.ts';
import { truncateText } from '../parse/truncate-text.ts';
import type { EarlierText, Story } from '../words/story.ts';

/** Earlier texts that a story keeps. */
export const earlierTextsMax = 5;

/** Of an earlier summary this much is kept, in code points: five of them deflate to about 1 KB in the story's own item. */
export const earlierSummaryMax = 280;

/** Edits within a day that each raise the revision; the text of further ones is taken over without. */
const revisionsDayMax = 5;

/** Texts taken over without a revision since the last one; further ones are only noted. */
const followedMax = 12;

const dayMs = 86_400_000;

/** What tells equal texts: ten characters for title and summary, whatever `comparableText` evens out. */
export function textMark(text: { readonly title: string; readonly summary: string }): string {
  const parts = hashParts(contentHash({ ...text, url: null }));
  return `${parts?.title}${parts?.summary}`;
}

/** How an edit is taken: as a revision, by taking over the text alone, or by noting that it was seen. */
export type EditWeight = 'revision' | 'follow' | 'note';

/**
 * What another text comes to (bounds invariant I6's edits). It is a revision when the story never had it, or returns to an
 * earlier text for the first time among those it remembers, and fewer than five revisions came in the day before. A text
 * that flaps, or changes all the time, is followed without one, at most twelve times since the last revision; then it is
 * noted only, until a text comes that is new to the story on another day. `seenAt` is ISO 8601.
 */
export function editWeight(
  story: Story,
  next: { readonly title: string; readonly summary: string },
  seenAt: string,
): EditWeight {
  const { history = [], followed = 0 } = story;
  const marks = [textMark(story), ...history.map(({ text }) => text)];
  const returned = new Set(marks).size < marks.length;
  const isReturn = marks.includes(textMark(next));
  if (!(isReturn && returned) && mayRevise(story, seenAt)) return 'revision';
  return followed < followedMax ? 'follow' : 'note';
}

/** Had the story fewer than five revisions in the day before `seenAt` (ISO 8601)? */
export function mayRevise({ history = [], updated, revision }: Story, seenAt: string): boolean {
  const since = Date.parse(seenAt) - dayMs;
  const times = [updated, ...history.map((earlier) => earlier.updated)].slice(0, revision - 1);
  return times.filter((time) => Date.parse(time) > since).length < revisionsDayMax;
}

/** The story's history once `next` stands in its place: the text of now in front, with the words that `next` changes. */
export function historyWith(
  story: Story,
  next: { readonly title: string; readonly summary: string },
): readonly EarlierText[] {
  const { title, summary, revision, updated, history = [] } = story;
  const now: EarlierText = {
    revision,
    updated,
    text: textMark(story),
    ...(title === next.title ? {} : { title }),
    ...(summary === next.summary ? {} : { summary: truncateText(summary, earlierSummaryMax) }),
  };
  return [now, ...history].slice(0, earlierTextsMax);
}
