import type { StoryLine } from '../words/story.ts';

/** The kinds of facts that one report can add to what earlier ones said. */
const tagKinds = ['topics', 'countries', 'organisations', 'people', 'systems', 'operations'] as const;

/** What a report says that no earlier one of the event did: names of each kind, and figures as they were written. */
export type EventNews = Readonly<Record<(typeof tagKinds)[number] | 'figures', readonly string[]>>;

/** Facts of one kind that one report names; a roundup could list dozens. */
const newsMax = 10;

/** Characters of a text in which figures are looked for: a whole summary and more. */
const textLengthMax = 2_000;

/** A figure with its currency, scale and the word it counts: `$3.2 billion`, `12 wounded`, `40%`. */
const figureForm =
  /(?<![\p{L}\p{N}.,-])(?:[$€£¥] ?)?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,3})?(?:%|(?![\p{L}\p{N}])(?: (?:thousand|million|billion|trillion|percent))?(?: \p{L}{3,20}(?![\p{L}\p{N}]))?)(?![\p{N}-])/gu;

/**
 * What each of these reports adds to those before it; the first adds all it says. Names are compared as they stand,
 * figures without regard to case and thousands separators. Pure; never throws.
 */
export function eventNews(reports: readonly StoryLine[]): readonly EventNews[] {
  const known = new Set<string>();
  const fresh = (kind: string, values: readonly string[]): readonly string[] =>
    values
      .filter((value) => {
        const key = `${kind}:${kind === 'figures' ? value.toLowerCase().replaceAll(',', '') : value}`;
        const isNew = !known.has(key);
        known.add(key);
        return isNew;
      })
      .slice(0, newsMax);
  return reports.map((line) => ({
    topics: fresh(
      'topics',
      line.topics.map(({ topic }) => topic),
    ),
    countries: fresh('countries', line.countries),
    organisations: fresh('organisations', line.organisations),
    people: fresh('people', line.people),
    systems: fresh('systems', line.systems),
    operations: fresh('operations', line.operations),
    figures: fresh('figures', figuresOf(line)),
  }));
}

/** The figures of a title and a summary in order; years and bare digits stand in any text and say nothing new. */
function figuresOf({ title, summary }: StoryLine): string[] {
  const text = `${title}\n${summary}`.slice(0, textLengthMax);
  return Array.from(text.matchAll(figureForm), ([figure]) => figure.replaceAll(/\s+/gu, ' ')).filter(
    (figure) => !/^(?:(?:19|20)\d\d(?: |$)|\d$)/.test(figure),
  );
}
