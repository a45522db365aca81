/**
 * Measures the tagger: `npm run bench:tag`. Prints stories and megabytes a second on one core, the cost of a story against
 * a bare parse of such stories as a feed by rss-parser, the size of the compiled tables and what a cold start pays for
 * them, and how the time grows with ten times the phrases (goal: at most 1.2 times).
 */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import Parser from 'rss-parser';
import { dataDirectory, loadData } from '../bin/compile-data.ts';
import { readLabelledStories } from '../bin/train/labelled-stories.ts';
import { createTagger, createTextReader } from '../lambdas/core/tag/tag.ts';
import type { Tagger } from '../lambdas/core/tag/tag.ts';
import { packIndex, PackedIndex } from '../lambdas/core/tag/packed-index.ts';
import type { TaggingRules } from '../lambdas/core/tag/rules.ts';
import { xmlText } from '../lambdas/core/render/xml-text.ts';
import { cpuMs, median } from './support/cpu-time.ts';

const rounds = 9;
const { rules } = loadData(dataDirectory);
const slugs = new Set(rules.topics.map(({ slug }) => slug));
const all = readLabelledStories(path.join(dataDirectory, 'labelled/training'), slugs);
// Every seventh story: a mix of all files.
const stories = all.filter((_story, index) => index % 7 === 0);
const bytes = stories.reduce((sum, { title, summary }) => sum + Buffer.byteLength(title + summary), 0);

/** Phrases of words that occur in no text, beside the real ones, until there are ten times as many. */
function tenfold(own: TaggingRules): TaggingRules {
  const index = new PackedIndex(own.patterns);
  const firsts = own.patterns.split('\n').map((line) => line.slice(0, line.indexOf('\t')));
  const entries = firsts.flatMap((first) =>
    (index.after(first) ?? []).flatMap(({ rest, value }) => {
      const key = rest === '' ? first : `${first} ${rest}`;
      // Half begin as real phrases do and go on otherwise; half begin otherwise.
      const others = Array.from({ length: 9 }, (_, copy) =>
        copy % 2 === 0 ? `${first} x${copy}q ${rest}` : `${key}x${copy}q`,
      );
      return [key, ...others.map((other) => other.trim())].map((pattern) => [pattern, value] as const);
    }),
  );
  return { ...own, patterns: packIndex(entries) };
}

const readAll = (work: (story: (typeof stories)[number]) => unknown) => () => {
  for (const story of stories) work(story);
};

/** Median CPU ms of each piece of work, taken in turns so that all see the same machine. */
async function inTurns(works: Readonly<Record<string, () => unknown>>): Promise<Record<string, number>> {
  const runs: Record<string, number[]> = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, work] of Object.entries(works)) {
      const ms = await cpuMs(async () => void (await work()));
      // The first round warms up.
      if (round > 0) runs[name]?.push(ms);
    }
  return Object.fromEntries(Object.entries(runs).map(([name, list]) => [name, median(list)]));
}

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${stories
  .map(({ title, summary }, n) => {
    const link = `https://example.org/2025/11/story-${n}/`;
    return `<item><title>${xmlText(title)}</title><link>${link}</link><guid>${link}</guid><pubDate>Tue, 04 Nov 2025 03:04:05 +0000</pubDate><description>${xmlText(summary)}</description></item>`;
  })
  .join('')}</channel></rss>`;
const tag: Tagger = createTagger(rules);
const manyPhrases = tenfold(rules);
const figures = await inTurns({
  tag: readAll(tag),
  match: readAll(createTextReader(rules)),
  tenfold: readAll(createTextReader(manyPhrases)),
  parse: () => new Parser().parseString(feed),
});
const { tag: tagMs = 0, match = 0, tenfold: tenfoldMs = 0, parse = 0 } = figures;
const perSecond = (count: number): string => Math.round((count * 1000) / tagMs).toLocaleString('en');
console.log(
  `${stories.length} stories of ${Math.round(bytes / stories.length)} bytes on average, CPU time of one core`,
);
console.log(
  `tagging            ${((tagMs * 1000) / stories.length).toFixed(0)} µs a story, ${perSecond(stories.length)} stories/s, ${(bytes / 1000 / tagMs).toFixed(2)} MB/s`,
);
console.log(
  `against rss-parser ${(tagMs / parse).toFixed(2)} times a bare parse of the same stories as a feed`,
);
console.log(`ten times the phrases: finding them takes ${(tenfoldMs / match).toFixed(2)} times as long`);

const json = JSON.stringify(rules);
const loads: number[] = [];
// One after the other: CPU time is the process's, not the work's.
for (let round = 0; round < rounds; round += 1)
  loads.push(await cpuMs(() => void createTagger(JSON.parse(json))));
console.log(
  `compiled tables    ${Math.round(json.length / 1024)} KB of JSON, ${Math.round(gzipSync(json).length / 1024)} KB gzipped`,
);
console.log(`a cold start       ${median(loads).toFixed(1)} ms to read them and make a tagger`);
