import { comparableText } from './comparable-text.ts';
import { digest } from './digest.ts';

/** A text as long as this, title and summary, does not repeat by chance; a heading like "Photo of the day" does. */
const titleMin = 12;
const summaryMin = 60;

/** Is the text of an entry long enough to tell it by itself? */
export const isTellingText = ({
  title,
  summary,
}: {
  readonly title: string;
  readonly summary: string;
}): boolean => title.length >= titleMin && summary.length >= summaryMin;

/** Key by which an article is known that its source lists at two addresses at once; null when its text is too short for that. */
export function twinKey(text: { readonly title: string; readonly summary: string }): string | null {
  if (!isTellingText(text)) return null;
  return `t${digest(`twin\n${comparableText(text.title)}\n${comparableText(text.summary)}`)}`;
}
