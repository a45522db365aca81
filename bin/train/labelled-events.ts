import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { Tagger } from '../../lambdas/core/tag/tag.ts';
import type { StoryLine } from '../../lambdas/core/words/story.ts';

const Item = z.object({
  id: z.string(),
  title: z.nullish(z.string()),
  summary: z.nullish(z.string()),
  outlet: z.nullish(z.string()),
  published: z.nullish(z.string()),
  date: z.nullish(z.string()),
  story: z.optional(z.string()),
  story_id: z.optional(z.string()),
  event: z.optional(z.string()),
  event_id: z.optional(z.string()),
  kind: z.optional(z.string()),
});

/**
 * A report with what an annotator says of it: `story` is the same news, `event` the same running event. `line` is what
 * ingest would make of it, with `firstSeen` at the time it was published.
 */
export interface LabelledReport {
  readonly line: StoryLine;
  readonly story: string;
  readonly event: string;
  readonly kind: string;
}

/** The labelled reports of a file or a folder of NDJSON files, in order of name; null when it is not there. */
export function readLabelledReports(place: string, tag: Tagger): LabelledReport[] | null {
  if (!existsSync(place)) return null;
  const files = /\.(?:ndjson|jsonl)$/.test(place) ? [place] : filesOf(place);
  return files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line, index) =>
      line.trim() === '' ? [] : [reportOf(line, `${file}:${index + 1}`, tag)],
    );
  });
}

const filesOf = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .map((name) => path.join(directory, name));

function reportOf(text: string, at: string, tag: Tagger): LabelledReport {
  const result = z.safeParse(Item, JSON.parse(text));
  if (!result.success) throw new Error(`${at}: expected a labelled report, got ${text.slice(0, 80)}`);
  const item = result.data;
  const line = lineOf({
    id: item.id,
    title: item.title ?? '',
    summary: item.summary ?? '',
    outlet: item.outlet ?? item.id,
    published: timeOf(item.published ?? item.date ?? '1970'),
    tag,
  });
  const story = item.story ?? item.story_id ?? item.id;
  return { line, story, event: item.event ?? item.event_id ?? story, kind: item.kind ?? 'single' };
}

/** A time without a zone is UTC; a year or a month is its first day. */
function timeOf(text: string): string {
  const time = new Date(/T[^Z+]*$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(time.getTime()) ? '1970-01-01T00:00:00.000Z' : time.toISOString();
}

/** The line of a made-up story: tagged, of a general outlet, first seen when it was published. */
export function lineOf(item: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly outlet: string;
  readonly published: string;
  readonly tag: Tagger;
}): StoryLine {
  const { id, title, summary, published } = item;
  const tags = item.tag({ title, summary });
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  const source = item.outlet.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const agency = /\((Reuters|AP|AFP|Xinhua|TASS)\)/.exec(summary)?.[1];
  return {
    id,
    title,
    url: null,
    source,
    kind: 'general',
    published,
    updated: published,
    firstSeen: published,
    sortTime: published,
    revision: 1,
    summary,
    authors: [],
    lang: 'en',
    copies: [],
    cluster: null,
    ...(agency === undefined ? {} : { agency }),
    feeds: [source],
    relevance: tags.relevance,
    topics: tags.topics,
    countries: names(tags.countries),
    organisations: names(tags.organisations),
    people: names(tags.people),
    systems: names(tags.systems),
    operations: names(tags.operations),
  };
}
