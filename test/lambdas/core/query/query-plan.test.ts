import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planQuery, planTagsMax } from '../../../../lambdas/core/query/query-plan.ts';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import { listedTags, storyLine } from '../../../../lambdas/core/story/story-line.ts';
import { parameterNames, readStoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { catalogue, nowMs, tree, wire } from '../../../support/serve-fixture.ts';

const vocabulary = queryVocabulary(tree, catalogue);
function plan(search: string) {
  const result = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  if (!result.ok) throw new Error(`Expected a good query, got ${JSON.stringify(result.problem)}`);
  return planQuery(result.value);
}
const found = (search: string) =>
  wire.filter((story) => plan(search).accepts(storyLine(story))).map(({ title }) => title);

describe('planQuery', () => {
  it.each([
    ['', ['*']],
    ['topic=sea', ['topic:sea']],
    ['topic=sea.mines&topic=sea&country=AU&source=mod-fi', ['topic:sea.mines']],
    ['topic=sea.mines,air.drones', ['topic:air.drones', 'topic:sea.mines']],
    ['topic=sea&country=AU&source=mod-fi', ['source:mod-fi']],
    ['system=F-35,f%2035&topic=air.drones&country=AU', ['system:f 35']],
    ['operation=Baltic%20Sentry&org=NATO', ['operation:baltic sentry']],
    ['person=Jos%C3%A9%20Garc%C3%ADa,-B', ['person:jose garcia']],
    ['topic=sea&country=AU', ['country:AU']],
    ['country=AU,FI&country=SE', ['country:SE']],
    ['topic=sea,sea.mines', ['topic:sea']],
    ['topic=sea.mines,air', ['topic:sea.mines', 'topic:air']],
    ['topic=-sea&country=-AU', ['*']],
    ['org=Lockheed%20Martin&lang=en&kind=trade&q=drone', ['org:lockheed martin']],
    ['org=-Lockheed%20Martin&lang=en&kind=trade&q=drone', ['*']],
  ])('reads for %j the listings %j', (search, tags) => {
    expect([...plan(search).tags].sort()).toEqual([...tags].sort());
  });

  it('offers the other groups that hold every match, the usually sparser ones first', () => {
    const { tags, others } = plan('topic=sea&country=AU&source=mod-fi&system=F-35&topic=sea.mines');
    expect([tags, ...others]).toEqual([
      ['system:f 35'],
      ['topic:sea.mines'],
      ['topic:sea'],
      ['source:mod-fi'],
    ]);
    expect(plan('topic=sea').others).toEqual([]);
  });

  it('reads the wire rather than more listings than its bound', () => {
    const codes = ['AU', 'FI', 'SE', 'US', 'GB', 'FR', 'DE', 'PL', 'NO'];
    expect(plan(`country=${codes.slice(0, planTagsMax).join(',')}`).tags).toHaveLength(planTagsMax);
    expect(plan(`country=${codes.join(',')}`).tags).toEqual(['*']);
    expect(plan(`country=${codes.join(',')}&topic=sea`).tags).toEqual(['topic:sea']);
  });

  it.each([
    ['topic=sea', ['Submarine leaves Perth', 'Mine hunter and submarine drill']],
    ['topic=sea.submarines&topic=sea.mines', ['Mine hunter and submarine drill']],
    ['topic=sea,-sea.mines', ['Submarine leaves Perth']],
    ['country=FI&country=SE', ['Drone over the Baltic']],
    ['country=FI,AU', ['Submarine leaves Perth', 'Drone over the Baltic', 'Mine hunter and submarine drill']],
    ['source=mod-fi', ['Mine hunter and submarine drill']],
    ['kind=official', ['Mine hunter and submarine drill']],
    ['lang=fi', ['Mine hunter and submarine drill']],
    ['org=lockheed-martin', ['F-35 order']],
    ['org=Lockheed', []],
    ['system=f%2035', ['F-35 order']],
    ['person=nobody', []],
    ['q=submarine%20-drill', ['Submarine leaves Perth']],
    ['q=summary&topic=-sea,-air', ['Old news without a topic']],
    ['country=TV', []],
  ])('accepts for %s exactly the stories that match', (search, titles) => {
    expect(found(search)).toEqual(titles);
  });

  it('reads only listings that hold every story it accepts', () => {
    const pair = fc.constantFrom(
      'topic=sea',
      'topic=sea.mines',
      'topic=air,sea.submarines',
      'topic=-air',
      'country=FI',
      'country=AU,SE',
      'source=mod-fi',
      'source=harbour-post',
      'kind=trade',
      'lang=fi',
      'q=drone',
      'org=lockheed%20martin',
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
        const { tags, others, accepts } = plan(pairs.join('&'));
        for (const story of wire) {
          if (!accepts(storyLine(story))) continue;
          for (const group of [tags, ...others])
            expect(listedTags(story).some((tag) => group.includes(tag))).toBe(true);
        }
      }),
    );
  });
});
