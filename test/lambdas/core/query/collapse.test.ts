import { describe, expect, it } from 'vitest';
import { type CollapseRule, collapseRule } from '../../../../lambdas/core/query/collapse.ts';
import { planQuery } from '../../../../lambdas/core/query/query-plan.ts';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import { parameterNames, readStoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { originalReference } from '../../../../lambdas/core/story/copy-references.ts';
import { storyLine } from '../../../../lambdas/core/story/story-line.ts';
import type { Cluster } from '../../../../lambdas/core/words/cluster.ts';
import type { Story } from '../../../../lambdas/core/words/story.ts';
import { catalogue, nowMs, storyId, storyOf, tree, type StoryInput } from '../../../support/serve-fixture.ts';

const vocabulary = queryVocabulary(tree, catalogue);

function ruleOf(search: string): CollapseRule {
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  if (!query.ok) throw new Error(query.problem.detail);
  return collapseRule(query.value, planQuery(query.value).accepts);
}

const original = storyOf({
  n: 5,
  source: 'mod-fi',
  kind: 'official',
  lang: 'fi',
  topics: ['sea.mines'],
  countries: ['FI'],
  organisations: ['Navy'],
  cluster: storyId(5),
});

const copyOf = (of: Story, input: StoryInput): Story => {
  const copy = storyOf({ title: of.title, summary: of.summary, cluster: of.cluster, ...input });
  return { ...copy, original: originalReference(copy, of) };
};

const copy = copyOf(original, {
  n: 3,
  topics: ['sea.submarines'],
  countries: ['FI', 'AU'],
  systems: ['F-35'],
});
const verdict = (search: string, story: Story) => ruleOf(search).verdict(storyLine(story));
const clusterOf = (...members: readonly Story[]): Cluster => {
  const lines = members.map(memberLine);
  return { id: storyId(5), members: lines, total: lines.length, version: 1 };
};

describe('collapseRule', () => {
  it.each(['', 'country=FI', 'topic=sea', 'country=FI,AU', 'org=-Lockheed%20Martin', 'since=6h', 'until=1h'])(
    'hides a copy where its original matches %s too',
    (search) => {
      expect(verdict(search, copy)).toBe('hidden');
      expect(verdict(search, original)).toBe('shown');
    },
  );

  it.each([
    ['a topic it lacks', 'topic=sea.submarines'],
    ['a country it lacks', 'country=AU'],
    ['a system it lacks', 'system=F-35'],
    ['a source it is not of', 'source=harbour-post'],
    ['a kind it is not of', 'kind=trade'],
    ['a language it is not in', 'lang=en'],
    ['the exclusion of its topic', 'topic=-sea.mines'],
    ['the exclusion of its name', 'org=-Navy'],
    ['the exclusion of its source', 'source=-mod-fi'],
    ['a window it is before', 'since=4h'],
  ])('shows a copy whose original does not match %s', (_why, search) => {
    expect(verdict(search, copy)).toBe('shown');
  });

  it('shows a copy whose original has a later place than the window', () => {
    const late = copyOf({ ...original, sortTime: new Date(nowMs - 3_600_000).toISOString() }, { n: 3 });
    expect([
      verdict('until=2h', late),
      verdict('until=0h'.replace('0', '1'), late),
      verdict('', late),
    ]).toEqual(['shown', 'shown', 'hidden']);
  });

  it('hides nothing under collapse=none', () => {
    for (const story of [original, copy]) expect(verdict('collapse=none', story)).toBe('shown');
  });

  it('asks the cluster for words, because a headline may be another over the same text', () => {
    const headline = copyOf(original, { n: 3, title: 'Needle' });
    const rule = ruleOf('q=needle');
    expect(rule.verdict(storyLine(headline))).toBe('open');
    expect(rule.isShown(storyLine(headline), clusterOf(original, headline))).toBe(true);
    expect(ruleOf('q=summary').isShown(storyLine(headline), clusterOf(original, headline))).toBe(false);
    expect(rule.isShown(storyLine(headline), null)).toBe(false);
    expect(verdict('q=needle', { ...headline, cluster: null })).toBe('hidden');
  });

  it('takes the text of the copy for what a cluster has cut off its original', () => {
    const long = { ...original, summary: `${'filler '.repeat(90)}needle` };
    const repeated = copyOf(long, { n: 3, title: 'Own headline' });
    const cut = clusterOf(long, repeated);
    expect(cut.members[0]?.summary).not.toContain('needle');
    expect(ruleOf('q=needle').isShown(storyLine(repeated), cut)).toBe(false);
  });

  it('leaves stories of a cluster to their cluster under collapse=cluster, and copies without one to their original', () => {
    expect(verdict('collapse=cluster', original)).toBe('open');
    expect(verdict('collapse=cluster', storyOf({ n: 1 }))).toBe('shown');
    expect(verdict('collapse=cluster', { ...copy, cluster: null })).toBe('hidden');
    expect(verdict('collapse=cluster&source=-mod-fi', { ...copy, cluster: null })).toBe('shown');
  });

  it('shows of a cluster the match that was seen first, whatever its place in the list', () => {
    const third = storyOf({
      n: 1,
      cluster: storyId(5),
      topics: ['air.drones'],
      sortTime: '2026-11-21T00:00:00.000Z',
    });
    const cluster = clusterOf(original, copy, third);
    const shownBy = (search: string) => {
      const rule = ruleOf(`collapse=cluster&${search}`);
      return [original, copy, third]
        .filter((story) => rule.isShown(storyLine(story), cluster))
        .map(({ id }) => id);
    };
    expect(shownBy('')).toEqual([storyId(5)]);
    expect(shownBy('country=AU')).toContain(storyId(3));
    expect(shownBy('source=-mod-fi')).toEqual([storyId(5), storyId(3)]);
    expect(shownBy('topic=air')).toContain(storyId(1));
  });

  it('breaks a tie of first sights by id, so that one is shown and not two or none', () => {
    const [one, other] = [1, 2].map((n) =>
      storyOf({ n, firstSeen: original.firstSeen, cluster: storyId(5) }),
    );
    if (one === undefined || other === undefined) throw new Error('Expected two stories');
    const rule = ruleOf('collapse=cluster');
    const shown = [one, other].filter((story) => rule.isShown(storyLine(story), clusterOf(one, other)));
    expect(shown).toEqual([one]);
  });

  it('has a member read where its cluster keeps too little of it to tell', () => {
    const cut = { ...memberLine(original), summary: 'Summary of …' };
    const bare = { ...memberLine(original), summary: '…' };
    const needs = (search: string, line = cut) => ruleOf(`collapse=cluster&${search}`).needsWhole(line);
    expect([needs('q=needle'), needs('q=summary'), needs('q=-needle'), needs('q=summary&org=-Army')]).toEqual(
      [true, false, true, true],
    );
    expect([needs('country=AU'), needs('country=AU', bare), needs('country=FI', bare)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(ruleOf('q=needle').needsWhole(cut)).toBe(false);
    expect(needs('q=needle', memberLine(original))).toBe(false);
  });
});
