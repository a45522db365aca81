import type { Tags, TopicTag } from '../words/story.ts';
import { createNameReader } from './names/name-reader.ts';
import type { TaggingRules } from './rules.ts';
import { judge, topicTags, verdictOf } from './score.ts';
import { createTextReader, modelOf } from './tag.ts';
import type { TaggableText } from './tag.ts';

/** Tags with what stands behind them. */
export interface Explanation {
  readonly tags: Tags;
  /** How much the text is about defence, 0 to 1; core from 0.5 on. */
  readonly relevanceScore: number;
  /** The topics that came nearest to being given, best first, with what speaks for them. */
  readonly almost: readonly TopicTag[];
}

const almostMax = 5;
const almostScoreMin = 0.2;

/** Makes a tagger that also says what it nearly said. Never throws. */
export function createExplainer(rules: TaggingRules): (text: TaggableText) => Explanation {
  const read = createTextReader(rules);
  const namesIn = createNameReader(rules);
  const model = modelOf(rules);
  return (text) => {
    const fields = read(text);
    const judgement = judge(fields, rules, model);
    const given = new Set(judgement.given.map(({ index }) => index));
    const near = judgement.scored
      .filter(({ index, score }) => !given.has(index) && score >= almostScoreMin)
      .slice(0, almostMax);
    return {
      tags: { ...verdictOf(judgement, rules, model), ...namesIn(fields) },
      relevanceScore: Math.round(judgement.relevanceScore * 1000) / 1000,
      almost: topicTags(near, { rules, model, learnt: judgement.learnt }),
    };
  };
}
