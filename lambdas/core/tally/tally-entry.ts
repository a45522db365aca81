import { sourceKinds } from '../words/feed.ts';
import { type OriginalReference, relevances, type Story } from '../words/story.ts';

/**
 * What is counted of a story: all that filters ask of it but its words. `key` is the end of its id, which together with
 * `sortTime` tells it from any other story; `cluster` the end of its cluster's id, null for a lone story; `original` is
 * there for a copy. `expires` is epoch seconds, null for a story that is kept for ever.
 */
export interface TallyEntry {
  readonly key: string;
  readonly sortTime: string;
  readonly version: number;
  readonly expires: number | null;
  readonly source: string;
  readonly kind: Story['kind'];
  readonly lang: string;
  readonly relevance: Story['tags']['relevance'];
  readonly topics: readonly string[];
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
  readonly people: readonly string[];
  readonly systems: readonly string[];
  readonly operations: readonly string[];
  readonly cluster: string | null;
  readonly original?: Omit<OriginalReference, 'id'>;
}

/** The lists of names that a story carries, as they are called there. */
export const nameLists = ['countries', 'organisations', 'people', 'systems', 'operations'] as const;
export type NameList = (typeof nameLists)[number];

/** Names of one kind that are counted of one story: as many as a listing's line keeps. */
const namesMax = 20;

/** Characters of a cluster's id that are kept: ids are 128 bits of a hash, and eight characters of them tell 10¹⁴ apart. */
const clusterLength = 8;

/**
 * Characters of a story's id that are kept: 36 bits. Two stories would be taken for one only if they also had the same
 * millisecond of sort time: 3 in 10⁷ for two hundred stories without a date that one document brings.
 */
export const keyLength = 6;

/** What is counted of a story; the same story always gives the same entry. */
export function tallyEntry(story: Story, expires: number | null): TallyEntry {
  const { id, sortTime, version, source, kind, lang, tags, cluster, original } = story;
  const names = (list: NameList) => tags[list].slice(0, namesMax).map(({ name }) => name);
  return {
    key: id.slice(-keyLength),
    sortTime,
    version,
    expires,
    source,
    kind,
    lang,
    relevance: tags.relevance,
    topics: tags.topics.map(({ topic }) => topic),
    countries: names('countries'),
    organisations: names('organisations'),
    people: names('people'),
    systems: names('systems'),
    operations: names('operations'),
    cluster: cluster === null ? null : cluster.slice(-clusterLength),
    ...(original === undefined ? {} : { original: withoutId(original) }),
  };
}

function withoutId({ id: _id, ...rest }: OriginalReference): Omit<OriginalReference, 'id'> {
  return rest;
}

/** The part of an entry that does not stand in its row's key and attributes. */
type EntryFacts = Omit<TallyEntry, 'key' | 'sortTime' | 'version' | 'expires'>;

/** Source, kind, language and relevance are always there. */
const factsMin = 4;

/** An entry's facts as a list, shorter as JSON than an object; empty ends are left out. */
export function factsList(entry: EntryFacts): unknown[] {
  const { source, kind, lang, relevance, topics, cluster, original } = entry;
  const list: unknown[] = [
    source,
    sourceKinds.indexOf(kind),
    lang,
    relevances.indexOf(relevance),
    topics,
    ...nameLists.map((name) => entry[name]),
    cluster ?? 0,
    original === undefined ? 0 : originalList(original),
  ];
  while (list.length > factsMin && isEmpty(list.at(-1))) list.pop();
  return list;
}

const isEmpty = (value: unknown): boolean => value === 0 || (Array.isArray(value) && value.length === 0);

const originalList = ({ source, kind, lang, sortTime, lacks, adds }: Omit<OriginalReference, 'id'>) => [
  source,
  sourceKinds.indexOf(kind),
  lang,
  sortTime,
  lacks,
  adds,
];

/** The facts of a list as `factsList` made it. Throws on any other value: rows are written by us, but a table can be edited. */
export function factsOf(list: unknown): EntryFacts {
  if (!Array.isArray(list) || list.length < factsMin)
    throw new Error('Expected the facts of a story as a list, got another shape');
  const at = (index: number): unknown => list[index];
  const cluster = at(10);
  const original = at(11);
  return {
    source: textOf(at(0)),
    kind: memberOf(sourceKinds, at(1)),
    lang: textOf(at(2)),
    relevance: memberOf(relevances, at(3)),
    topics: textsOf(at(4)),
    countries: textsOf(at(5)),
    organisations: textsOf(at(6)),
    people: textsOf(at(7)),
    systems: textsOf(at(8)),
    operations: textsOf(at(9)),
    cluster: typeof cluster === 'string' ? cluster : null,
    ...(Array.isArray(original) ? { original: originalOf(original) } : {}),
  };
}

const originalOf = (list: readonly unknown[]): Omit<OriginalReference, 'id'> => ({
  source: textOf(list[0]),
  kind: memberOf(sourceKinds, list[1]),
  lang: textOf(list[2]),
  sortTime: textOf(list[3]),
  lacks: textsOf(list[4]),
  adds: textsOf(list[5]),
});

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`Expected a text in a counted story, got ${typeof value}`);
  return value;
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

function memberOf<Member>(members: readonly Member[], index: unknown): Member {
  const member = typeof index === 'number' ? members[index] : undefined;
  if (member === undefined)
    throw new Error(`Expected the number of one of ${members.join(', ')}, got ${String(index)}`);
  return member;
}
