import { readCatalogue } from './catalogue.ts';
import type { Catalogue } from '../words/feed.ts';
import { compileRules } from '../tag/compile.ts';
import { readGazetteer } from '../tag/gazetteer.ts';
import type { GazetteerFile } from '../tag/gazetteer.ts';
import { readLexicon } from '../tag/lexicon.ts';
import { readTopicModel } from '../tag/read-topic-model.ts';
import type { TaggingRules } from '../tag/rules.ts';
import { readTaxonomy, topicTree } from '../tag/taxonomy.ts';
import type { TopicTree } from '../words/topic.ts';

/** The files of a data folder, relative to it. */
export const dataFiles = [
  'feeds.yaml',
  'topics.yaml',
  'gazetteer/countries.yaml',
  'gazetteer/organisations.yaml',
  'gazetteer/systems.yaml',
  'gazetteer/people.yaml',
  'gazetteer/operations.yaml',
  'lexicon.yaml',
  'topic-model.json',
] as const;
export type DataFile = (typeof dataFiles)[number];

/** Files a data folder can do without: word classes and what was learnt with them. */
export const optionalDataFiles: ReadonlySet<DataFile> = new Set(['lexicon.yaml', 'topic-model.json']);

/** A file's content and the name problems call it by. */
export interface NamedText {
  readonly text: string;
  readonly fileName: string;
}

/** Everything the functions need to know of the data folder, as plain JSON values. */
export interface CompiledData {
  readonly catalogue: Catalogue;
  readonly rules: TaggingRules;
  readonly tree: TopicTree;
}

export type CompiledFiles =
  | { readonly ok: true; readonly data: CompiledData }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks and compiles the files of a data folder; all problems of all files at once when there are any. */
export function compileFiles(files: Readonly<Record<DataFile, NamedText>>): CompiledFiles {
  const topics = files['topics.yaml'];
  const taxonomyReading = readTaxonomy(topics.text, topics.fileName);
  // Without a taxonomy there is nothing to check the other files' topics against.
  const slugs = taxonomyReading.ok
    ? new Set(taxonomyReading.taxonomy.domains.flatMap((domain) => domain.topics.map((topic) => topic.slug)))
    : undefined;
  const feeds = files['feeds.yaml'];
  const catalogueReading = readCatalogue(feeds.text, feeds.fileName, slugs);
  const gazetteerReading = readGazetteer(
    {
      'countries.yaml': files['gazetteer/countries.yaml'],
      'organisations.yaml': files['gazetteer/organisations.yaml'],
      'systems.yaml': files['gazetteer/systems.yaml'],
      'people.yaml': files['gazetteer/people.yaml'],
      'operations.yaml': files['gazetteer/operations.yaml'],
    } satisfies Record<GazetteerFile, NamedText>,
    slugs,
  );
  const lexicon = files['lexicon.yaml'];
  const lexiconReading =
    lexicon.text === ''
      ? { ok: true as const, lexicon: { version: 1, classes: [] } }
      : readLexicon(lexicon.text, lexicon.fileName);
  const modelReading = readTopicModel(files['topic-model.json'].text, files['topic-model.json'].fileName);
  if (
    !taxonomyReading.ok ||
    !catalogueReading.ok ||
    !gazetteerReading.ok ||
    !lexiconReading.ok ||
    !modelReading.ok
  ) {
    const readings = [taxonomyReading, catalogueReading, gazetteerReading, lexiconReading, modelReading];
    return { ok: false, problems: readings.flatMap((reading) => (reading.ok ? [] : reading.problems)) };
  }
  const { taxonomy } = taxonomyReading;
  return {
    ok: true,
    data: {
      catalogue: catalogueReading.catalogue,
      rules: compileRules({
        taxonomy,
        gazetteer: gazetteerReading.gazetteer,
        lexicon: lexiconReading.lexicon,
        model: modelReading.model,
      }),
      tree: topicTree(taxonomy),
    },
  };
}
