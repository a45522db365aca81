import fc from 'fast-check';
import type { NameTag, Story } from '../../lambdas/core/words/story.ts';
import { storyOf } from './serve-fixture.ts';

/** What random stories are made of: few values, so that they meet. */
const values = {
  topics: ['sea.submarines', 'sea.mines', 'air.drones'],
  countries: ['AU', 'FI', 'NO'],
  organisations: ['Royal Navy', 'NATO', 'Saab'],
  systems: ['F-35', 'Gripen'],
  people: ['Ann Lee', 'Bo Ek'],
  operations: ['Steadfast'],
} as const;

const some = (of: readonly string[]) => fc.uniqueArray(fc.constantFrom(...of), { maxLength: of.length });
const named = (names: readonly string[]): NameTag[] => names.map((name) => ({ name, evidence: [] }));

const facts = fc.record({
  minutes: fc.integer({ min: 0, max: 4 * 24 * 60 }),
  topics: some(values.topics),
  countries: some(values.countries),
  organisations: some(values.organisations),
  systems: some(values.systems),
  people: some(values.people),
  operations: some(values.operations),
  source: fc.constantFrom<[string, Story['kind']]>(['harbour-post', 'trade'], ['mod-fi', 'official']),
  lang: fc.constantFrom('en', 'fi'),
  cluster: fc.option(fc.integer({ min: 0, max: 3 })),
  original: fc.option(fc.nat()),
});

/** A random wire of the last four days, some of it copies of the rest (never of a copy) and some in clusters. */
export const randomWire: fc.Arbitrary<Story[]> = fc.array(facts, { maxLength: 40 }).map((list) => {
  const plain = list.map(
    ({ minutes, source, people, operations, cluster, original: _original, ...parts }, at) => {
      const story = storyOf({ n: minutes / 60, ...parts, source: source[0], kind: source[1] });
      const id = `wire${String(at).padStart(18, '0')}`;
      const tags = { ...story.tags, people: named(people), operations: named(operations) };
      return {
        ...story,
        id,
        tags,
        cluster: cluster === null ? null : `event${String(cluster).padStart(17, '0')}`,
      };
    },
  );
  return plain.map((story, at) => {
    const chosen = list[at]?.original ?? null;
    const originals = plain.filter((_, place) => list[place]?.original === null);
    const original = chosen === null ? undefined : originals[chosen % Math.max(1, originals.length)];
    return original === undefined ? story : { ...story, original: referenceTo(original, story) };
  });
});

const filterLists = [
  ['country', 'countries'],
  ['org', 'organisations'],
  ['person', 'people'],
  ['system', 'systems'],
  ['operation', 'operations'],
] as const;

function tagNames({ tags }: Story): string[] {
  return [
    ...tags.topics.map(({ topic }) => `topic:${topic}`),
    ...filterLists.flatMap(([filter, list]) => tags[list].map(({ name }) => `${filter}:${name}`)),
  ];
}

function referenceTo(original: Story, copy: Story): NonNullable<Story['original']> {
  const [there, here] = [tagNames(original), tagNames(copy)];
  const { id, source, kind, lang, sortTime } = original;
  return {
    id,
    source,
    kind,
    lang,
    sortTime,
    lacks: here.filter((tag) => !there.includes(tag)),
    adds: there.filter((tag) => !here.includes(tag)),
  };
}
