import * as z from 'zod/mini';
import { isPublisherCountry } from '../words/country-codes.ts';
import { titleLengthMax } from './cut-title.ts';
import { feedUrlLengthMax, isFeedAddress } from './feed-address.ts';
import { sourceKinds } from '../words/feed.ts';
import type { Catalogue } from '../words/feed.ts';
import { isLanguageTag } from '../words/language-codes.ts';
import { readOpml } from './opml.ts';
import { cappedProblems, readYamlDocument, schemaProblems, shown } from './yaml-document.ts';
import type { YamlDocument } from './yaml-document.ts';

/** A catalogue that can be used, or every reason why not; `notes` says what was left out or repaired of an OPML list. */
export type CatalogueReading =
  | { readonly ok: true; readonly catalogue: Catalogue; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Bounds of a catalogue file; ten times the largest list we know of in this field. */
export const catalogueLimits = { bytesMax: 5_000_000, feedsMax: 20_000 } as const;

/** Minutes in a day: a feed polled less often than daily loses entries of short feeds. */
const everyMinutesMax = 1_440;

const id = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      'expected an id of 1 to 64 letters, digits, dots and hyphens',
    ),
  );
const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(titleLengthMax));
const url = z
  .string()
  .check(
    z.maxLength(feedUrlLengthMax),
    z.refine(isFeedAddress, 'expected an http or https address without user and password'),
  );
const country = z
  .string()
  .check(z.refine(isPublisherCountry, 'expected an ISO 3166-1 alpha-2 country code or INT'));
const language = z
  .string()
  .check(z.refine(isLanguageTag, 'expected an ISO 639-1 language code such as en or pt-BR'));
const kind = z.enum(sourceKinds);
const topic = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,60})?$/, 'expected a topic such as sea.submarines'));
const minutes = z.int().check(z.minimum(1), z.maximum(everyMinutesMax));

const CatalogueFile = z.strictObject({
  sources: z
    .array(z.strictObject({ id, title, url, country, kind }))
    .check(z.maxLength(catalogueLimits.feedsMax)),
  feeds: z
    .array(
      z.strictObject({
        id,
        url,
        title,
        source: id,
        country,
        language,
        kind,
        topics: z.exactOptional(z.array(topic).check(z.maxLength(20))),
        // The schedule keeps hosts on the internet at 5 minutes or more; 1 is for the local sample.
        every: z.exactOptional(
          z
            .strictObject({ min: minutes, max: minutes })
            .check(z.refine(({ min, max }) => min <= max, 'expected min to be at most max')),
        ),
        note: z.exactOptional(z.string().check(z.maxLength(1_000))),
      }),
    )
    .check(z.maxLength(catalogueLimits.feedsMax)),
});

const knownKeys = 'sources feeds id url title source country language kind topics every note min max'.split(
  ' ',
);

/**
 * Reads a catalogue: YAML, or OPML when `fileName` ends in `.opml`. Every problem is one line,
 * `file:line path: expected …, got …`. `topics`, when given, are the slugs that feeds may name.
 * Never throws. Source: design of `feeds.yaml`.
 */
export function readCatalogue(
  text: string,
  fileName: string,
  topics?: ReadonlySet<string>,
): CatalogueReading {
  if (/\.opml$/i.test(fileName)) return catalogueFromOpml(text, fileName);
  const reading = readYamlDocument({ text, fileName, bytesMax: catalogueLimits.bytesMax });
  if (!reading.ok) return reading;
  const { document } = reading;
  const result = z.safeParse(CatalogueFile, document.value);
  if (!result.success)
    return {
      ok: false,
      problems: cappedProblems(schemaProblems(result.error.issues, document, knownKeys)),
    };
  const problems = [
    ...repeats(result.data, document),
    ...unknownSources(result.data, document),
    ...(topics === undefined ? [] : unknownTopics(result.data, document, topics)),
  ];
  if (problems.length > 0) return { ok: false, problems: cappedProblems(problems) };
  return { ok: true, catalogue: result.data, notes: [] };
}

function catalogueFromOpml(text: string, fileName: string): CatalogueReading {
  const reading = readOpml(text);
  const named = (problem: string) => `${fileName}:${problem}`;
  if (!reading.ok) return { ok: false, problems: reading.problems.map(named) };
  const notes = [...reading.refused, ...reading.repaired].map(({ line, reason }) =>
    named(`${line} outline: ${reason}`),
  );
  return { ok: true, catalogue: reading.catalogue, notes };
}

function repeats(catalogue: Catalogue, document: YamlDocument): string[] {
  const repeatsOf = (list: 'sources' | 'feeds', field: 'id' | 'url', keys: readonly string[]) => {
    const first = new Map<string, number>();
    return keys.flatMap((key, index) => {
      const earlier = first.get(key);
      first.set(key, earlier ?? index);
      if (earlier === undefined) return [];
      const message = `expected each ${field} once, got ${shown(key)}, which ${list}.${earlier} has too`;
      return [document.problem([list, index, field], message)];
    });
  };
  return [
    ...repeatsOf(
      'sources',
      'id',
      catalogue.sources.map((source) => source.id),
    ),
    ...repeatsOf(
      'feeds',
      'id',
      catalogue.feeds.map((feed) => feed.id),
    ),
    ...repeatsOf(
      'feeds',
      'url',
      catalogue.feeds.map((feed) => new URL(feed.url).href),
    ),
  ];
}

function unknownSources(catalogue: Catalogue, document: YamlDocument): string[] {
  const known = new Set(catalogue.sources.map((source) => source.id));
  return catalogue.feeds.flatMap((feed, index) =>
    known.has(feed.source)
      ? []
      : [
          document.problem(
            ['feeds', index, 'source'],
            `expected the id of an entry of sources, got ${shown(feed.source)}`,
          ),
        ],
  );
}

function unknownTopics(catalogue: Catalogue, document: YamlDocument, topics: ReadonlySet<string>): string[] {
  return catalogue.feeds.flatMap((feed, index) =>
    (feed.topics ?? []).flatMap((slug, position) =>
      topics.has(slug)
        ? []
        : [
            document.problem(
              ['feeds', index, 'topics', position],
              `expected a topic of the taxonomy, got ${shown(slug)}`,
            ),
          ],
    ),
  );
}
