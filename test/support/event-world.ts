import * as fc from 'fast-check';
import { byFirstSight } from '../../lambdas/core/story/cluster-members.ts';
import { copyReference, originalReference } from '../../lambdas/core/story/copy-references.ts';
import { namedCopiesMax, type Story } from '../../lambdas/core/words/story.ts';
import { nowMs, storyId, storyOf } from './serve-fixture.ts';

/** What decides one story of a world of events: `event` null is a story on its own; `repeats` copies its event's first text. */
export interface Report {
  readonly seenMinutesAgo: number;
  readonly lateMinutes: number;
  readonly event: number | null;
  readonly repeats: boolean;
  readonly isOfficial: boolean;
  readonly topics: readonly string[];
  readonly countries: readonly string[];
  readonly word: string;
  readonly isLong: boolean;
}

const report: fc.Arbitrary<Report> = fc.record({
  seenMinutesAgo: fc.integer({ min: 0, max: 1_200 }),
  lateMinutes: fc.integer({ min: 0, max: 350 }),
  event: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 5 }),
  repeats: fc.boolean(),
  isOfficial: fc.boolean(),
  topics: fc.subarray(['sea.mines', 'sea.submarines', 'air.drones']),
  countries: fc.subarray(['FI', 'AU']),
  word: fc.constantFrom('alpha', 'beta'),
  isLong: fc.boolean(),
});

/** The reports of a small world, in no order. */
export const reports = (maxLength: number): fc.Arbitrary<Report[]> =>
  fc.array(report, { minLength: Math.floor(maxLength / 2), maxLength });

/** A query over such a world: every kind of filter, exclusions, words and windows. */
export const queries: fc.Arbitrary<string> = fc
  .shuffledSubarray(
    [
      'topic=sea',
      'topic=-sea.mines',
      'country=FI',
      'country=-AU',
      'source=mod-fi',
      'source=-mod-fi',
      'kind=official',
      'lang=-fi',
      'q=alpha',
      'q=-beta',
      'since=12h',
      'until=9h',
    ],
    { maxLength: 2 },
  )
  .map((parts) => parts.join('&'));

/**
 * The stories of these reports as ingest leaves them: an event's cluster is named after the story of it that was seen
 * first, a copy refers to the first text of another source, an original lists its first copies.
 */
export function worldOf(given: readonly Report[]): Story[] {
  const plain = given.map(plainStory).sort(({ story: one }, { story: other }) => byFirstSight(one, other));
  const stories = plain.map(({ story, from }) => {
    const event = from.event === null ? [] : plain.filter((other) => other.from.event === from.event);
    const [first] = event;
    if (first === undefined || event.length === 1) return story;
    const placed = { ...story, cluster: first.story.id };
    if (!from.repeats || first.story.source === story.source) return placed;
    // Every second copy has a headline of its own over the same text.
    const title = from.isLong ? first.story.title : `Own headline ${from.word}`;
    const copy = { ...placed, title, summary: first.story.summary };
    return { ...copy, original: originalReference(copy, first.story) };
  });
  return stories.map((story) => ({
    ...story,
    copies: stories
      .filter((other) => 'original' in other && other.original.id === story.id)
      .map(copyReference)
      .slice(0, namedCopiesMax),
  }));
}

function plainStory(from: Report, at: number): { readonly story: Story; readonly from: Report } {
  const seen = nowMs - from.seenMinutesAgo * 60_000;
  const [firstSeen, published] = [seen, seen - from.lateMinutes * 60_000].map((time) =>
    new Date(time).toISOString(),
  );
  const times = { firstSeen, published, updated: published, sortTime: published };
  const filler = from.isLong ? 'filler '.repeat(90) : '';
  const { topics, countries } = from;
  const story = storyOf({
    n: 0,
    topics,
    countries,
    ...(from.isOfficial ? { source: 'mod-fi', kind: 'official', lang: 'fi' } : {}),
  });
  const text = { title: `Story ${at}`, summary: `${filler}The word is ${from.word}.` };
  return { story: { ...story, ...definedOf(times), ...text, id: storyId(at + 1) }, from };
}

const definedOf = (times: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, time]])),
  );
