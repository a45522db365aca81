import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ZodType } from 'zod';
import { readYamlDocument, schemaProblems } from '../../../core/catalogue/yaml-document.ts';
import type { DocumentPath } from '../../../core/catalogue/yaml-document.ts';
import { SourcesFile, StoriesFile } from './sample-schema.ts';
import type { StoryRecord } from './sample-schema.ts';
import type { SampleStory, SampleWire } from './sample-wire.ts';

/** The sample data cannot be used. `problems` has one line for each fault: file, line, field and what was expected. */
export class SampleWireError extends Error {
  readonly code = 'SAMPLE_WIRE_INVALID';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The sample wire has ${problems.length} fault(s):\n${problems.slice(0, 20).join('\n')}`);
    this.name = 'SampleWireError';
    this.problems = problems;
  }
}

const fileBytesMax = 1_000_000; // The whole sample is a tenth of it.

const knownKeys = [
  ...[SourcesFile, StoriesFile].flatMap((file) => Object.keys(file.shape)),
  ...[...Object.values(SourcesFile.shape), StoriesFile.shape.stories].flatMap((list) =>
    Object.keys(list.element.shape),
  ),
];

type Complain = (path: DocumentPath, message: string) => string;

/** A checked file together with what is needed to say where in it a fault lies. */
interface CheckedFile<Value> {
  readonly value: Value;
  readonly problem: Complain;
}

interface FoundStory {
  readonly record: StoryRecord;
  readonly source: string;
  readonly problem: Complain;
}

/**
 * Reads `sources.yaml` and `stories/*.yaml` below `directory` and resolves copies to the text they copy.
 * Throws SampleWireError naming file, line and what was expected; a missing directory throws the file system's error.
 */
export function loadSampleWire(directory: string): SampleWire {
  const catalogue = checkedFile(directory, 'sources.yaml', SourcesFile);
  const files = readdirSync(join(directory, 'stories'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => checkedFile(directory, join('stories', name), StoriesFile));
  const found = files.flatMap(({ value, problem }) =>
    value.stories.map((record, index) => ({
      record,
      source: value.source,
      problem: (path: DocumentPath, message: string) => problem(['stories', index, ...path], message),
    })),
  );
  const problems = [
    ...catalogueProblems(catalogue),
    ...files.flatMap(({ value, problem }) =>
      catalogue.value.feeds.some(({ source }) => source === value.source)
        ? []
        : [problem(['source'], `expected a source that has a feed, got ${value.source}`)],
    ),
    ...storyProblems(found, catalogue.value),
  ];
  if (problems.length > 0) throw new SampleWireError(problems);
  const records = new Map(found.map(({ record }) => [record.id, record]));
  return { ...catalogue.value, stories: found.map((story) => resolved(story, records, catalogue.value)) };
}

function checkedFile<Value>(directory: string, name: string, schema: ZodType<Value>): CheckedFile<Value> {
  const text = readFileSync(join(directory, name), 'utf8');
  const reading = readYamlDocument({ text, fileName: name, bytesMax: fileBytesMax });
  if (!reading.ok) throw new SampleWireError(reading.problems);
  const result = schema.safeParse(reading.document.value);
  if (!result.success) {
    throw new SampleWireError(schemaProblems(result.error.issues, reading.document, knownKeys));
  }
  return { value: result.data, problem: reading.document.problem };
}

function catalogueProblems({ value, problem }: CheckedFile<SourcesFile>): string[] {
  const sources = new Set(value.sources.map(({ id }) => id));
  const taken = new Set<string>();
  const claim = (key: string, path: DocumentPath) => {
    if (taken.has(key)) return [problem(path, `expected it only once, got ${key} again`)];
    taken.add(key);
    return [];
  };
  return [
    ...value.sources.flatMap(({ id }, index) => claim(`source ${id}`, ['sources', index, 'id'])),
    ...value.feeds.flatMap((feed, index) => [
      ...claim(`feed ${feed.id}`, ['feeds', index, 'id']),
      ...claim(`path ${feed.path}`, ['feeds', index, 'path']),
      ...(feed.movedFrom === null ? [] : claim(`path ${feed.movedFrom}`, ['feeds', index, 'movedFrom'])),
      ...(sources.has(feed.source)
        ? []
        : [
            problem(
              ['feeds', index, 'source'],
              `expected the id of a source of this file, got ${feed.source}`,
            ),
          ]),
      ...(feed.relativeLinks && feed.format !== 'atom'
        ? [problem(['feeds', index, 'relativeLinks'], 'expected false unless format is atom')]
        : []),
    ]),
  ];
}

function storyProblems(found: readonly FoundStory[], { feeds }: SourcesFile): string[] {
  const first = new Map<string, FoundStory>();
  for (const story of found) if (!first.has(story.record.id)) first.set(story.record.id, story);
  return found.flatMap((story) => {
    const { record, source, problem } = story;
    const own = new Set(feeds.filter((feed) => feed.source === source).map(({ id }) => id));
    const problems: string[] = [];
    if (first.get(record.id) !== story)
      problems.push(problem(['id'], `expected a new id, got ${record.id} again`));
    for (const [index, feed] of (record.feeds ?? []).entries()) {
      if (!own.has(feed))
        problems.push(problem(['feeds', index], `expected a feed of ${source}, got ${feed}`));
    }
    for (const [index, edit] of record.edits.entries()) {
      const after = record.edits[index - 1]?.at ?? record.at;
      if (edit.at <= after)
        problems.push(problem(['edits', index, 'at'], `expected more than ${after}, got ${edit.at}`));
    }
    return [...problems, ...copyProblems(story, first)];
  });
}

function copyProblems(
  { record, source, problem }: FoundStory,
  known: ReadonlyMap<string, FoundStory>,
): string[] {
  if (record.copyOf === undefined) {
    return [
      ...(record.title === undefined ? [problem(['title'], 'expected a title, got none')] : []),
      ...(record.summary === undefined ? [problem(['summary'], 'expected a summary, or "" for none')] : []),
      ...(record.topics === undefined
        ? [problem(['topics'], 'expected a list of topics, or [] for none')]
        : []),
      ...(record.credit === undefined ? [] : [problem(['credit'], 'expected only with copyOf')]),
    ];
  }
  const original = known.get(record.copyOf);
  return [
    ...(original === undefined || original.source === source || original.record.copyOf !== undefined
      ? [problem(['copyOf'], `expected the id of another source’s own story, got ${record.copyOf}`)]
      : []),
    ...(record.summary === undefined
      ? []
      : [problem(['summary'], 'expected none, a copy has the text it copies')]),
  ];
}

function resolved(
  { record, source }: FoundStory,
  records: ReadonlyMap<string, StoryRecord>,
  { feeds }: SourcesFile,
): SampleStory {
  const original = record.copyOf === undefined ? undefined : records.get(record.copyOf);
  const { credit, ...own } = record;
  const summary = record.summary ?? original?.summary ?? '';
  return {
    ...own,
    source,
    feeds:
      record.feeds ??
      feeds
        .filter((feed) => feed.source === source)
        .slice(0, 1)
        .map(({ id }) => id),
    title: record.title ?? original?.title ?? '',
    summary: credit === undefined ? summary : `${summary} ${credit}`,
    markup: record.markup ?? original?.markup ?? false,
    topics: record.topics ?? original?.topics ?? [],
    event: record.event ?? original?.event ?? null,
    copyOf: record.copyOf ?? null,
  };
}
