import * as z from 'zod/mini';
import { wrappedToWidth } from './text-width.ts';
import { printableLine } from './terminal-text.ts';

const Evidence = z.object({ field: z.string(), words: z.string() });
const Named = z.array(z.object({ name: z.string(), evidence: z.array(Evidence) }));

/** What the card shows of `/api/stories/{id}`. */
export const CardStory = z.object({
  id: z.string(),
  title: z.string(),
  url: z.nullable(z.string()),
  source: z.string(),
  published: z.string(),
  updated: z.string(),
  revision: z.number(),
  summary: z.string(),
  authors: z.array(z.string()),
  relevance: z.string(),
  topics: z.array(z.object({ topic: z.string(), score: z.number() })),
  copies: z.array(z.object({ source: z.string(), url: z.nullable(z.string()) })),
  cluster: z.nullable(z.string()),
  evidence: z.object({
    topics: Named,
    countries: Named,
    organisations: Named,
    people: Named,
    systems: Named,
    operations: Named,
  }),
});
export type CardStory = z.infer<typeof CardStory>;

const labelWidth = 15;
const kinds = ['countries', 'organisations', 'people', 'systems', 'operations'] as const;

/** One story as a person reads it, with the reason for every tag; lines keep to `width`, an address is never broken. */
export function storyCard(story: CardStory, width: number): string {
  const scores = new Map(story.topics.map(({ topic, score }) => [topic, score.toFixed(2)]));
  const topics = story.evidence.topics.map(({ name, evidence }) =>
    tagText(`${name} ${scores.get(name) ?? ''}`.trim(), evidence),
  );
  const edited = story.revision > 1 ? [`${timeOf(story.updated)}, revision ${story.revision}`] : [];
  const rows: [string, readonly string[]][] = [
    ['source', [story.source]],
    ['published', [timeOf(story.published)]],
    ['updated', edited],
    ['url', story.url === null ? [] : [story.url]],
    ['authors', story.authors.length === 0 ? [] : [story.authors.join(', ')]],
    ['summary', story.summary === '' ? [] : [story.summary]],
    ['relevance', [story.relevance]],
    ['topics', topics],
    ...kinds.map((kind): [string, readonly string[]] => [
      kind,
      story.evidence[kind].map(({ name, evidence }) => tagText(name, evidence)),
    ]),
    ['copies', story.copies.map(({ source, url }) => `${source}${url === null ? '' : ` ${url}`}`)],
    ['cluster', story.cluster === null ? [] : [story.cluster]],
    ['id', [story.id]],
  ];
  const title = wrappedToWidth(printableLine(story.title), width);
  const lines = rows.flatMap(([label, texts]) => rowLines(label, texts, width));
  return [...title, '', ...lines].map((line) => `${line}\n`).join('');
}

function rowLines(label: string, texts: readonly string[], width: number): string[] {
  const lines = texts.flatMap((text) =>
    wrappedToWidth(printableLine(text), Math.max(20, width - labelWidth)),
  );
  return lines.map((line, at) => `${(at === 0 ? label : '').padEnd(labelWidth)}${line}`);
}

const tagText = (name: string, evidence: readonly z.infer<typeof Evidence>[]): string =>
  evidence.length === 0
    ? name
    : `${name} (${evidence.map(({ field, words }) => `“${words}” in ${field}`).join(', ')})`;

/** `2026-11-22 09:30 UTC`; what is no time is shown as it is. */
function timeOf(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
