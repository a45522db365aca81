import type { RetagProgress } from '../../../lambdas/core/retag/retag-progress.ts';
import {
  type Example,
  facetTotals,
  type RetagSummary,
  type Tally,
  type TopicTally,
} from '../../../lambdas/core/retag/retag-summary.ts';

/** Names of one kind that are listed; the rest are counted. `--json` has them all. */
const namesMax = 5;

/**
 * What a re-tagging changes or changed, as a person reads it: the counts, for each topic how many stories gain and lose it
 * with examples, then relevance and names. Lines keep to `width`. Titles are printed without control characters.
 */
export function summaryTable(
  { mode, taxonomyVersion, since, summary }: RetagProgress,
  width: number,
): string {
  const from = since === null ? '' : ` since ${since}`;
  const lines = [
    `Taxonomy version ${taxonomyVersion}: ${stories(summary.read)} read${from}.`,
    ...countLines(summary, mode === 'dry-run'),
    ...section(
      'Topics',
      summary.topics.flatMap((topic) => topicLines(topic, summary.topics)),
    ),
    ...section('Relevance', relevanceLines(summary)),
    ...section('Names', nameLines(summary)),
  ];
  return lines.map((line) => `${cut(line, width)}\n`).join('');
}

/** A whole number as people group its digits: 12,480. */
export const grouped = (count: number): string => count.toLocaleString('en-GB');

const stories = (count: number): string => `${grouped(count)} ${count === 1 ? 'story' : 'stories'}`;

function countLines(
  { changed, refined, unchanged, skipped, failed }: RetagSummary,
  isTrial: boolean,
): string[] {
  const row = (count: number, says: string): string => `  ${grouped(count).padStart(9)}  ${says}`;
  return [
    row(changed, isTrial ? 'would gain or lose something' : 'gained or lost something'),
    row(refined, `${isTrial ? 'would keep' : 'kept'} their tags with other scores or evidence`),
    row(unchanged, isTrial ? 'would stay as they are' : 'stayed as they were'),
    ...(skipped > 0 ? [row(skipped, 'had gone or could not be read')] : []),
    ...(failed > 0 ? [row(failed, 'failed; run again to take them up')] : []),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** The widest that the column of numbers gets; a topic's name is never cut for it. */
const amounts = ({ gained, lost }: Tally): string =>
  [gained > 0 ? `+${grouped(gained)}` : '', lost > 0 ? `−${grouped(lost)}` : ''].filter(Boolean).join(' ');

function topicLines(topic: TopicTally, all: readonly TopicTally[]): string[] {
  const nameWidth = Math.max(...all.map(({ name }) => name.length));
  return [
    `  ${topic.name.padEnd(nameWidth)}  ${amounts(topic)}`,
    ...topic.gainedBy.map((example) => exampleLine('+', example)),
    ...topic.lostBy.map((example) => exampleLine('−', example)),
  ];
}

const exampleLine = (sign: string, { title, name }: Example): string =>
  `    ${sign} ${name === undefined ? '' : `${name}: `}${printable(title)}`;

const relevanceLines = ({ relevance }: RetagSummary): string[] =>
  relevance.flatMap(({ from, to, stories: count, examples }) => [
    `  ${`${from} → ${to}`.padEnd(24)}  ${grouped(count)}`,
    ...examples.map((example) => exampleLine('·', example)),
  ]);

function nameLines(summary: RetagSummary): string[] {
  return facetTotals(summary).flatMap((total) => {
    const [kind] = facetKinds.filter((name) => name === total.name);
    if (kind === undefined || total.gained + total.lost === 0) return [];
    const { names, gainedBy, lostBy } = summary.names[kind];
    const most = [...names].sort((one, other) => other.gained + other.lost - one.gained - one.lost);
    const shown = most.slice(0, namesMax).map((tally) => `${printable(tally.name)} ${amounts(tally)}`);
    const rest = names.length > namesMax ? [`and ${grouped(names.length - namesMax)} more`] : [];
    return [
      `  ${kind.padEnd(14)}  ${amounts(total)}`,
      ...[...shown, ...rest].map((line) => `    ${line}`),
      ...gainedBy.map((example) => exampleLine('+', example)),
      ...lostBy.map((example) => exampleLine('−', example)),
    ];
  });
}

const facetKinds = ['countries', 'organisations', 'people', 'systems', 'operations'] as const;

/** Control and formatting characters could redraw the terminal of whoever reads this. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();

function cut(line: string, width: number): string {
  const points = [...line];
  return points.length <= width ? line : `${points.slice(0, width - 1).join('')}…`;
}
