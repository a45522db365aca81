import { withoutBoilerplate } from './boilerplate.ts';
import { withoutBoilerplateLines } from './boilerplate-lines.ts';
import { cleanLine } from './clean-line.ts';

// Six times what is served: enough for a text whose first lines are boilerplate and whose end is.
const headCharactersMax = 6_000;

/** Text beyond this is never looked at: it is a hundred times what is kept. */
const textCharactersMax = 100_000;

// A text that is still this long needs no look at its end: it is cut before that.
const cutCharactersMin = 3_000;

/**
 * The one-line text of a summary, else of a content, without what publishers' systems put around it; '' when there is
 * none. Of a long text only the beginning is read. Linear, never throws.
 */
export function summaryText(summary: string | null, content: string | null): string {
  const text = storyText(summary);
  return text === '' || text === '…' ? storyText(content) : text;
}

function storyText(text: string | null): string {
  if (text === null) return '';
  if (text.length > headCharactersMax) {
    const head = cleanLine(withoutBoilerplateLines(text.slice(0, headCharactersMax)));
    if (head.length >= cutCharactersMin) return head;
  }
  return withoutBoilerplate(cleanLine(withoutBoilerplateLines(text.slice(0, textCharactersMax))));
}
