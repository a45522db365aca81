import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { collapseRule } from '../../../../lambdas/core/query/collapse.ts';
import { planQuery } from '../../../../lambdas/core/query/query-plan.ts';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import { parameterNames, readStoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { countedStories } from '../../../../lambdas/core/tally/counted-stories.ts';
import { entityTable } from '../../../../lambdas/core/tally/entity-table.ts';
import { countAll, countBy, facets } from '../../../../lambdas/core/tally/story-counts.ts';
import { tallyEntry } from '../../../../lambdas/core/tally/tally-entry.ts';
import { topicTable } from '../../../../lambdas/core/tally/topic-table.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { catalogue, nowMs, storyOf, tree } from '../../../support/serve-fixture.ts';
import { randomWire } from '../../../support/tally-stories.ts';

const vocabulary = queryVocabulary(tree, catalogue);
function queryOf(search: string) {
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  if (!query.ok) throw new Error(query.problem.detail);
  return query.value;
}
const windowOf = (search: string) => {
  const { since, until } = queryOf(search);
  return { since: since?.at ?? '0', until: until?.at ?? '9' };
};
const counted = (stories: readonly Story[], search = '') =>
  countedStories(
    stories.map((story) => tallyEntry(story, null)),
    queryOf(search),
    windowOf(search),
  );

/** What `/api/stories` shows for a query: the stories that match and are not hidden, found one by one. */
function shown(stories: readonly Story[], search: string): readonly Story[] {
  const query = queryOf(search);
  const { accepts } = planQuery(query);
  const { since, until } = windowOf(search);
  return stories.filter((story) => {
    const line = storyLine(story);
    const isIn = line.sortTime >= since && line.sortTime < until;
    return isIn && accepts(line) && collapseRule(query, accepts).verdict(line) === 'shown';
  });
}

const filters = fc.constantFrom(
  '',
  'country=FI',
  'source=mod-fi',
  'kind=-official',
  'lang=en&org=royal+navy',
  'system=F-35,Gripen',
  'person=-Ann+Lee',
  'since=3d&until=1d',
  'since=36h&topic=sea',
);

describe('counts by topic', () => {
  it('are what /api/stories shows for that topic under the same filters, with and without copies', () => {
    fc.assert(
      fc.property(randomWire, filters, (stories, search) => {
        const { domains } = topicTable(tree, counted(stories, search));
        for (const { slug, count, copies } of domains.flatMap((domain) => [domain, ...domain.topics])) {
          const query = `topic=${slug}&${search}`;
          expect(count, query).toBe(shown(stories, query).length);
          expect(count + copies, query).toBe(shown(stories, `${query}&collapse=none`).length);
        }
      }),
    );
  });

  it('are in all what /api/stories shows without a topic', () => {
    fc.assert(
      fc.property(randomWire, filters, (stories, search) => {
        const table = topicTable(tree, counted(stories, search));
        expect(table.stories).toBe(shown(stories, search).length);
        expect(table.stories + table.copies).toBe(shown(stories, `${search}&collapse=none`).length);
      }),
    );
  });

  it('of a domain are at least those of each of its topics and at most their sum', () => {
    fc.assert(
      fc.property(randomWire, (stories) => {
        for (const domain of topicTable(tree, counted(stories)).domains) {
          const all = (count: { count: number; copies: number }) => count.count + count.copies;
          const sizes = domain.topics.map(all);
          expect(all(domain)).toBeGreaterThanOrEqual(Math.max(...sizes));
          expect(all(domain)).toBeLessThanOrEqual(sizes.reduce((sum, size) => sum + size, 0));
        }
      }),
    );
  });

  it('of events count each cluster once and each lone story', () => {
    const [cluster, other] = ['c'.repeat(22), 'd'.repeat(22)];
    const stories = [
      storyOf({ n: 1, cluster, topics: ['sea.mines'] }),
      storyOf({ n: 2, cluster, topics: ['sea.mines'] }),
      storyOf({ n: 3, cluster: other, topics: ['sea.mines'] }),
      storyOf({ n: 4, topics: ['sea.mines'] }),
      storyOf({ n: 5, topics: ['air.drones'] }),
    ];
    expect(countBy(counted(stories), facets.topic).get('sea.mines')).toEqual({
      count: 4,
      copies: 0,
      events: 3,
    });
    expect(countAll(counted(stories))).toEqual({ count: 5, copies: 0, events: 4 });
  });
});

describe('the table of entities', () => {
  const navy = { organisations: ['Royal Navy'], topics: ['sea.submarines'] };
  const stories = [
    storyOf({ n: 1, ...navy }),
    storyOf({ n: 2, ...navy, topics: ['sea.submarines', 'sea.mines'] }),
    storyOf({ n: 3, organisations: ['Saab'] }),
    storyOf({ n: 30, organisations: ['Saab', 'Saab'] }),
    storyOf({ n: 31, organisations: ['Saab'] }),
  ];

  it('tells the change against the window before and the topics beside each name, the most frequent first', () => {
    const [now, before] = [counted(stories, 'since=24h'), counted(stories, 'since=48h&until=24h')];
    expect(entityTable('organisation', { now, before }, 10)).toEqual({
      distinct: 2,
      entities: [
        {
          name: 'Royal Navy',
          count: 2,
          copies: 0,
          events: 2,
          before: 0,
          change: 2,
          topics: [
            { topic: 'sea.submarines', count: 2 },
            { topic: 'sea.mines', count: 1 },
          ],
        },
        { name: 'Saab', count: 1, copies: 0, events: 1, before: 2, change: -1, topics: [] },
      ],
    });
  });

  it('gives the first of them when asked for fewer, and says how many there are', () => {
    const { entities, distinct } = entityTable('organisation', { now: counted(stories), before: [] }, 1);
    expect([entities.map(({ name }) => name), distinct]).toEqual([['Saab'], 2]);
  });

  it('counts each type as the filter of that name finds it', () => {
    const filterOf = [
      ['organisation', 'org'],
      ['person', 'person'],
      ['system', 'system'],
      ['operation', 'operation'],
      ['country', 'country'],
      ['source', 'source'],
    ] as const;
    fc.assert(
      fc.property(randomWire, fc.constantFrom(...filterOf), (wire, [type, filter]) => {
        for (const { name, count } of entityTable(type, { now: counted(wire), before: [] }, 200).entities) {
          expect(count, name).toBe(shown(wire, `${filter}=${encodeURIComponent(name)}`).length);
        }
      }),
    );
  });
});
