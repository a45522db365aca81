/**
 * Measures the tagger on labelled stories: `npm run eval`, with `--topics` for every topic, with `--cross-validate` also
 * what a model trained on four fifths of the training stories says of the last fifth. The project's own set is
 * `data/labelled/evaluation.ndjson`; a set that lies beside the checkout is measured too when it is there.
 */
import path from 'node:path';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { learnTopics } from '../bin/train/learn-topics.ts';
import { readLabelledStories } from '../bin/train/labelled-stories.ts';
import { createTagger } from '../lambdas/core/tag/tag.ts';
import type { Tagger } from '../lambdas/core/tag/tag.ts';
import type { TaggingRules } from '../lambdas/core/tag/rules.ts';
import { nameKinds } from '../lambdas/core/tag/rules.ts';
import type { Relevance, Tags } from '../lambdas/core/words/story.ts';
import { labelledSet, spellingsOf } from './support/labelled-set.ts';
import type { FullyLabelled } from './support/labelled-set.ts';
import { comparableName, labelScores, scoreOf } from './support/tag-scores.ts';
import type { Answer, Score } from './support/tag-scores.ts';

const beside = path.resolve(dataDirectory, '../../shared/eval');
const spellings = spellingsOf(path.join(beside, 'score/aliases.json'));
const worstShown = 10;
const folds = 5;

const percent = (share: number): string => share.toFixed(3).padStart(7);
const row = (name: string, { precision, recall, f1, right, missed }: Score): string =>
  `  ${name.padEnd(38)}${percent(precision)}${percent(recall)}${percent(f1)}${String(right + missed).padStart(7)}`;

interface Tagged {
  readonly story: Pick<FullyLabelled, 'relevance' | 'topics'>;
  readonly tags: Tags;
}

function printTopics(tagged: readonly Tagged[], showAll: boolean): void {
  const judged = tagged.filter(({ story }) => story.relevance !== 'peripheral');
  const answers = judged.map(({ story, tags }): Answer => {
    return { wanted: story.topics, given: tags.topics.map(({ topic }) => topic) };
  });
  const { micro, macroF1, labels } = labelScores(answers);
  console.log(row('topics, all answers', micro));
  console.log(`  ${'topics, mean over topics'.padEnd(52)}${percent(macroF1)}`);
  console.log(row('relevance', relevanceScore(judged)));
  const byScore = [...labels]
    .filter(([, { right, missed }]) => right + missed > 0)
    .sort(([, one], [, other]) => one.f1 - other.f1 || other.missed - one.missed);
  console.log(
    showAll ? '  every topic, worst first' : `  the ${worstShown} worst topics with 3 stories or more`,
  );
  const shown = showAll
    ? byScore
    : byScore.filter(([, { right, missed }]) => right + missed >= 3).slice(0, worstShown);
  for (const [topic, score] of shown)
    console.log(`${row(`  ${topic}`, score)}  ${confusions(topic, answers)}`);
}

/** What was said most often where the topic was missed, and what was wanted where it was said wrongly. */
function confusions(topic: string, answers: readonly Answer[]): string {
  const most = (lists: readonly (readonly string[])[]): string => {
    const counts = new Map<string, number>();
    for (const label of lists.flat()) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 'nothing';
  };
  const missed = answers.filter(({ wanted, given }) => wanted.includes(topic) && !given.includes(topic));
  const wrong = answers.filter(({ wanted, given }) => !wanted.includes(topic) && given.includes(topic));
  const instead = missed.map(({ wanted, given }) => given.filter((label) => !wanted.includes(label)));
  const rightly = wrong.map(({ wanted, given }) => wanted.filter((label) => !given.includes(label)));
  return [
    missed.length > 0 ? `missed for ${most(instead)}` : '',
    wrong.length > 0 ? `said for ${most(rightly)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** Is a story about defence at all? Saying peripheral is saying yes. */
function relevanceScore(judged: readonly Tagged[]): Score {
  const yes = (relevance: Relevance): boolean => relevance !== 'none';
  const count = (wanted: boolean, given: boolean): number =>
    judged.filter(({ story, tags }) => yes(story.relevance) === wanted && yes(tags.relevance) === given)
      .length;
  return scoreOf({ right: count(true, true), wrong: count(false, true), missed: count(true, false) });
}

function printNames(set: readonly FullyLabelled[], tag: Tagger): void {
  const named = set.filter((story) => story.relevance !== 'peripheral' && story.entities_labelled !== false);
  const tagged = named.map((story) => ({ story, tags: tag(textOf(story)) }));
  for (const kind of nameKinds) {
    const plain = (name: string): string => (kind === 'countries' ? name : comparableName(name, spellings));
    const answers = tagged.map(({ story, tags }): Answer => {
      return { wanted: story[kind].map(plain), given: tags[kind].map(({ name }) => plain(name)) };
    });
    console.log(row(kind, labelScores(answers).micro));
  }
}

const textOf = ({ title, summary }: Pick<FullyLabelled, 'title' | 'summary'>) => {
  return { title: title ?? '', summary: summary ?? '' };
};

function measureSet(name: string, set: readonly FullyLabelled[], tag: Tagger): void {
  console.log(`\n${name}: ${set.length} stories`);
  console.log(
    `  ${''.padEnd(38)}${'precis.'.padStart(7)}${'recall'.padStart(7)}${'F1'.padStart(7)}${'wanted'.padStart(7)}`,
  );
  printNames(set, tag);
  printTopics(
    set.map((story) => ({ story, tags: tag(textOf(story)) })),
    process.argv.includes('--topics'),
  );
}

/** Each fifth of the training stories as a model sees it that was trained on the others. */
function crossValidate(rules: TaggingRules): void {
  const slugs = new Set(rules.topics.map(({ slug }) => slug));
  const stories = readLabelledStories(path.join(dataDirectory, 'labelled/training'), slugs);
  const tagged = Array.from({ length: folds }, (_, fold) => {
    const model = learnTopics(
      stories.filter((_story, index) => index % folds !== fold),
      { ...rules, model: null },
    );
    const tag = createTagger({ ...rules, model });
    const held = stories.filter((_story, index) => index % folds === fold);
    return held.map((story) => ({ story, tags: tag(textOf(story)) }));
  }).flat();
  console.log(`\nTraining stories, each judged without having been learnt: ${stories.length}`);
  printTopics(tagged, process.argv.includes('--topics'));
}

const { rules } = loadData(dataDirectory);
const tag = createTagger(rules);
const sets = [
  ['Own set', path.join(dataDirectory, 'labelled/evaluation.ndjson')],
  ['Set beside the checkout', path.join(beside, 'tags_dev.jsonl')],
] as const;
for (const [name, file] of sets) {
  const set = labelledSet(file);
  if (set === null) console.log(`\n${name}: not here`);
  else measureSet(name, set, tag);
}
if (process.argv.includes('--cross-validate')) crossValidate(rules);
