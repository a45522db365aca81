import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDirectory, loadData } from '../compile-data.ts';
import { readLabelledStories } from './labelled-stories.ts';
import { learnTopics } from './learn-topics.ts';

/**
 * `npm run train`: learns `data/topic-model.json` from `data/labelled/training/` and the rules as they are now. Run it
 * after a change of topics.yaml, lexicon.yaml, the gazetteer or the labelled stories; takes some ten seconds.
 */
const { rules } = loadData(dataDirectory);
const slugs = new Set(rules.topics.map(({ slug }) => slug));
const stories = readLabelledStories(path.join(dataDirectory, 'labelled/training'), slugs);
const file = path.join(dataDirectory, 'topic-model.json');
console.log(`Learning ${slugs.size} topics from ${stories.length} labelled stories …`);
const started = performance.now();
const model = learnTopics(stories, { ...rules, model: null });
writeFileSync(file, `${JSON.stringify(model, null, 1)}\n`);
const kilobytes = Math.round(readFileSync(file).length / 1024);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${path.relative(process.cwd(), file)}: ${model.rowCount} features, ${kilobytes} KB, ${seconds} s`,
);
