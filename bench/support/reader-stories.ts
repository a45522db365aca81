import path from 'node:path';
import { readLabelledStories } from '../../bin/train/labelled-stories.ts';
import type { Tagger } from '../../lambdas/core/tag/tag.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import { isoTime } from '../../lambdas/core/words/time.ts';
import { madeUpFeeds, seededChance } from './made-up-news.ts';

/** A story appears, or is edited, at a time (epoch milliseconds). `story` is the number of its place in the wire. */
export interface NewsEvent {
  readonly at: number;
  readonly story: number;
  readonly revision: number;
}

/** What a reader finds behind a title: which story, in which revision. */
export const titleMark = (story: number, revision: number): string => `#${story}.${revision}`;
export const titleMarks = /#(\d+)\.(\d+)/g;

const sourcesCount = 40;
/** One story in so many is edited, between two minutes and an hour after it appeared. */
const editedEvery = 12;

/**
 * About `count` stories of a day in newsroom hours, with bursts, and the edits of some; oldest first. `before` stories stand on the
 * wire already, so the first of the day has that number. The same for the same seed.
 */
export function newsOfDay(
  period: { readonly from: number; readonly to: number },
  { count, before, seed }: { readonly count: number; readonly before: number; readonly seed: number },
): NewsEvent[] {
  const group = { feeds: sourcesCount, perDay: () => count / sourcesCount };
  const feeds = madeUpFeeds({ name: 'wire', groups: [group] }, period, seed);
  const times = feeds
    .flatMap((feed) => feed.times.filter((at) => at >= period.from))
    .sort((one, other) => one - other);
  const chance = seededChance(seed + 7);
  const events = times.flatMap((at, index): NewsEvent[] => {
    const story = before + index;
    const edited = at + 120_000 + chance() * 3_480_000;
    const first = { at: Math.round(at), story, revision: 1 };
    return chance() * editedEvery < 1 && edited < period.to
      ? [first, { at: Math.round(edited), story, revision: 2 }]
      : [first];
  });
  return events.sort((one, other) => one.at - other.at);
}

/** Title and summary of one to three sentences for any number, of the words of the project's own training stories. */
export function newsTexts(directory: string, slugs: ReadonlySet<string>) {
  const texts = readLabelledStories(path.join(directory, 'labelled/training'), slugs);
  const textAt = (number: number) => texts[(number * 7_919) % texts.length];
  return (number: number): { readonly title: string; readonly summary: string } => {
    const sentences = [number, number + 100_003, number + 200_003].map((one) => textAt(one)?.summary);
    return { title: textAt(number)?.title ?? '', summary: sentences.slice(0, 1 + (number % 3)).join(' ') };
  };
}

/**
 * Makes the story of a number as it first stood at `at`: words of the project's own training stories, tagged by the real
 * tagger, so that documents compress and filters select as they would.
 */
export function storyMaker(directory: string, slugs: ReadonlySet<string>, tag: Tagger) {
  const textAt = newsTexts(directory, slugs);
  return (number: number, at: number): Story => {
    const { title: words, summary } = textAt(number);
    const title = `${words} ${titleMark(number, 1)}`;
    const time = isoTime(at);
    const source = `outlet-${number % sourcesCount}`;
    const sightings = [{ feed: source, hash: `hash-${number}`, sequence: 1, seenAt: time }];
    return {
      id: `reader${String(number).padStart(20, '0')}`,
      title,
      url: `https://${source}.example/2026/02/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}/`,
      source,
      kind: 'trade',
      published: time,
      updated: time,
      firstSeen: time,
      sortTime: time,
      revision: 1,
      version: 1,
      summary,
      authors: number % 3 === 0 ? [] : ['A. Reporter'],
      categories: [],
      lang: 'en',
      tags: tag({ title, summary }),
      taxonomyVersion: 1,
      copies: [],
      cluster: null,
      trace: 't-bench.outlet',
      sightings,
    };
  };
}

/** The story after an edit: the same place, another text. */
export const editedStory = (story: Story, number: number, at: number): Story => ({
  ...story,
  title: story.title.replace(titleMark(number, story.revision), titleMark(number, story.revision + 1)),
  summary: `${story.summary} Corrected.`,
  updated: isoTime(at),
  revision: story.revision + 1,
  version: story.version + 1,
});
