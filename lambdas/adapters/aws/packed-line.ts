import type { StoryLine } from '../../core/words/story.ts';
import { packed } from './line-codec.ts';

/** How much of a line is kept: counts of items, and code points of texts. */
interface Cut {
  readonly summary: number;
  readonly title: number;
  readonly authors: number;
  readonly names: number;
  readonly evidence: number;
}

/** However much room there is, no list of a line is longer; the story's own item has all of it. */
const feedsMax = 10;
const authorsMax = 10;
const namesMax = 20;

/** Code points of one author's name or one piece of evidence once a line must be cut beyond its summary. */
const wordsMax = 40;

const whole = { title: Number.POSITIVE_INFINITY, authors: authorsMax, names: namesMax, evidence: 10 };

/**
 * From all of it to the least, in the order in which it would be missed: the end of the summary, evidence and authors
 * first, names and countries late, because queries test them.
 */
const cuts: readonly Cut[] = [
  ...[1_000, 700, 500, 350, 200].map((summary) => ({ ...whole, summary })),
  { summary: 200, title: 512, authors: 3, names: namesMax, evidence: 1 },
  { summary: 100, title: 300, authors: 3, names: namesMax, evidence: 0 },
  { summary: 0, title: 160, authors: 1, names: namesMax, evidence: 0 },
  { summary: 0, title: 160, authors: 0, names: 5, evidence: 0 },
  { summary: 0, title: 60, authors: 0, names: 2, evidence: 0 },
  { summary: 0, title: 60, authors: 0, names: 0, evidence: 0 },
];

/**
 * A line packed into at most `bytesMax`. A text too dense for that loses what `cuts` says. Its address is
 * never cut, because a reader would be led astray: one that fills the room by itself (from about 700 characters that do
 * not compress) makes a larger row. Nor is the reference to its original, by which a listing hides a copy.
 */
export function packedLine(line: StoryLine, bytesMax: number): Uint8Array {
  const { id: _id, sortTime: _sortTime, ...rest } = line;
  let bytes = new Uint8Array();
  for (const cut of cuts) {
    bytes = Uint8Array.from(packed(cutLine(rest, cut)));
    if (bytes.length <= bytesMax) break;
  }
  return bytes;
}

type LineRest = Omit<StoryLine, 'id' | 'sortTime'>;

function cutLine(line: LineRest, cut: Cut): LineRest {
  const isWhole = cut.title === Number.POSITIVE_INFINITY;
  const text = (words: string) => (isWhole ? words : shortened(words, wordsMax));
  const first = <Item>(list: readonly Item[]): readonly Item[] => list.slice(0, cut.names);
  return {
    ...line,
    title: shortened(line.title, cut.title),
    summary: shortened(line.summary, cut.summary),
    authors: line.authors.slice(0, cut.authors).map(text),
    feeds: line.feeds.slice(0, Math.min(feedsMax, Math.max(1, cut.names))),
    copies: first(line.copies),
    countries: first(line.countries),
    organisations: first(line.organisations),
    people: first(line.people),
    systems: first(line.systems),
    operations: first(line.operations),
    topics: line.topics.map((topic) => ({
      ...topic,
      evidence: topic.evidence
        .slice(0, cut.evidence)
        .map((evidence) => ({ ...evidence, words: text(evidence.words) })),
    })),
  };
}

function shortened(text: string, codePointsMax: number): string {
  // Code points are at most as many as code units, so a short text need not be taken apart.
  if (text.length <= codePointsMax) return text;
  const points = [...text];
  return points.length <= codePointsMax ? text : `${points.slice(0, codePointsMax).join('')}…`;
}
