import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryCodes } from '../../../../lambdas/core/words/country-codes.ts';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import {
  canonicalQuery,
  parameterNames,
  readStoryQuery,
  withTopic,
} from '../../../../lambdas/core/query/story-query.ts';
import type { StoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { catalogue, nowMs, tree } from '../../../support/serve-fixture.ts';

const context = { vocabulary: queryVocabulary(tree, catalogue), nowMs, allowed: parameterNames };
const problem = (search: string) => {
  const result = readStoryQuery(search, context);
  return result.ok ? null : result.problem;
};
function query(search: string): StoryQuery {
  const result = readStoryQuery(search, context);
  if (!result.ok) throw new Error(`Expected a good query, got ${JSON.stringify(result.problem)}`);
  return result.value;
}
const canonical = (search: string) => canonicalQuery(query(search));

describe('readStoryQuery', () => {
  it('reads any of, all of and none of', () => {
    const { topic } = query('topic=sea,air&topic=sea.mines,-air.drones&topic=-sea.submarines').filters;
    expect(topic.all).toEqual([['air', 'sea'], ['sea.mines']]);
    expect(topic.none).toEqual(['air.drones', 'sea.submarines']);
  });

  it('reads country and language codes in any case and trims values', () => {
    const { country, lang } = query('country=au, fi&lang=EN').filters;
    expect(country.all).toEqual([['AU', 'FI']]);
    expect(lang.all).toEqual([['en']]);
  });

  it('takes every ISO 3166-1 country and Kosovo', () => {
    for (const code of countryCodes) expect(problem(`country=${code}`)).toBeNull();
    expect(countryCodes.has('TV') && countryCodes.has('XK')).toBe(true);
  });

  it('gives null for what is not asked', () => {
    expect(query('')).toMatchObject({
      since: null,
      until: null,
      limit: null,
      cursor: null,
      collapse: null,
      q: [],
    });
  });

  it.each([
    ['topic=sea.subs', 'topic', 'sea.subs', null],
    ['topic=submarines', 'topic', 'submarines', 'sea.submarines'],
    ['topic=sea.submarine', 'topic', 'sea.submarine', 'sea.submarines'],
    ['topic=Sea', 'topic', 'Sea', 'sea'],
    ['topic=', 'topic', '', null],
    ['topic', 'topic', '', null],
    ['topic=sea,,air', 'topic', '', null],
    ['topic=--sea', 'topic', '-sea', 'sea'],
    ['country=ZZ', 'country', 'ZZ', null],
    ['country=UK', 'country', 'UK', 'GB'],
    ['country=Australia', 'country', 'Australia', 'AU'],
    ['country=INT', 'country', 'INT', null],
    ['lang=xx', 'lang', 'xx', null],
    ['lang=en-GB', 'lang', 'en-GB', 'en'],
    ['kind=oficial', 'kind', 'oficial', 'official'],
    ['source=harbor-post', 'source', 'harbor-post', 'harbour-post'],
    ['org=%20', 'org', '', null],
    ['collapse=both', 'collapse', 'both', null],
    ['since=2025-02-30', 'since', '2025-02-30', null],
    ['until=soon', 'until', 'soon', null],
    ['topics=sea', 'topics', 'sea', 'topic'],
    ['tag[]=a', 'tag[]', 'a', null],
    ['__proto__[x]=1', '__proto__[x]', '1', null],
    ['callback=alert', 'callback', 'alert', null],
    ['TOPIC=sea', 'TOPIC', 'sea', 'topic'],
    ['cursor=%25', 'cursor', '%', null],
    ['cursor=', 'cursor', '', null],
  ])(
    'refuses %s and names the parameter, the value and what was meant',
    (search, parameter, value, didYouMean) => {
      const refused = problem(search);
      expect(refused).toMatchObject({ parameter, value, didYouMean: didYouMean ?? refused?.didYouMean });
      if (didYouMean !== null) expect(refused?.didYouMean).toBe(didYouMean);
      expect(refused?.allowed).not.toBeNull();
    },
  );

  it.each([
    '-1',
    '0',
    '201',
    '1000000000',
    'NaN',
    '10abc',
    '',
    '1.5',
    '0x10',
    '1e2',
    '007',
    '%2B5',
    '[]',
    '٣',
  ])('refuses the limit %j', (limit) => {
    expect(problem(`limit=${limit}`)).toMatchObject({ parameter: 'limit' });
  });

  it.each(['#', '|', '../', '%2e%2e', '🚢', 'sea%23x', 'topic:sea', '*', 'x'.repeat(900)])(
    'refuses the topic %j, which could mean something to a store',
    (topic) => {
      expect(problem(`topic=${encodeURIComponent(topic)}`)).toMatchObject({ parameter: 'topic' });
    },
  );

  it('takes the limits 1 and 200', () => {
    expect(query('limit=1').limit).toBe(1);
    expect(query('limit=200').limit).toBe(200);
  });

  it.each([
    'limit=1&limit=2',
    'since=1h&since=2h',
    'until=1h&until=1h',
    'cursor=a&cursor=a',
    'collapse=none&collapse=none',
  ])('refuses %s, which gives one value twice', (search) => {
    expect(problem(search)?.parameter).toBe(search.split('=')[0]);
  });

  it('refuses a window that ends before it begins, and takes an empty one', () => {
    expect(problem('since=2026-05-02&until=2026-05-01')).toMatchObject({ parameter: 'since' });
    expect(problem('since=1h&until=2h')).toMatchObject({ parameter: 'since' });
    expect(problem('since=2026-05-01&until=2026-05-01')).toBeNull();
  });

  it('refuses more values than its bound over all filters together, and takes a list of 32 countries', () => {
    const codes = [...countryCodes];
    expect(problem(`country=${codes.slice(0, 32).join(',')}`)).toBeNull();
    expect(problem(`country=${codes.slice(0, 65).join(',')}`)).toMatchObject({ parameter: 'country' });
    expect(
      problem(`country=${codes.slice(0, 60).join(',')}&topic=sea,air,sea.mines,sea.submarines,air.drones`),
    ).not.toBeNull();
  });

  it('takes only the parameters of the route', () => {
    const narrow = readStoryQuery('limit=5', { ...context, allowed: ['since', 'until'] });
    expect(narrow).toMatchObject({ ok: false, problem: { parameter: 'limit', allowed: ['since', 'until'] } });
  });

  it('never throws and never pollutes a prototype, whatever is sent', () => {
    const piece = fc.constantFrom(
      ...parameterNames,
      '__proto__',
      'constructor',
      '=',
      '&',
      ',',
      '-',
      '%',
      '"',
      'sea',
      '24h',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), (pieces) => {
        expect(readStoryQuery(pieces.join(''), context)).toHaveProperty('ok');
      }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('canonicalQuery', () => {
  it('orders parameters and values, and repeats what was asked', () => {
    expect(canonical('limit=10&country=fi,AU&topic=sea&since=24h')).toBe(
      'topic=sea&country=AU,FI&since=24h&limit=10',
    );
    expect(canonical('topic=-sea.mines,sea&topic=air')).toBe('topic=air&topic=sea,-sea.mines');
    expect(canonical('collapse=none&q=%22strike+group%22++-drill')).toBe(
      'q=%22strike%20group%22%20-drill&collapse=none',
    );
    expect(canonical('until=2026-05-01T12:00:00%2B02:00')).toBe('until=2026-05-01T12:00:00%2B02:00');
    expect(canonical('')).toBe('');
  });

  it('leaves out and replaces on demand', () => {
    const asked = query('cursor=abc&limit=3&topic=sea');
    expect(canonicalQuery(asked, { without: ['limit', 'cursor'] })).toBe('topic=sea');
    expect(canonicalQuery(asked, { cursor: 'new' })).toBe('topic=sea&limit=3&cursor=new');
  });

  const value = fc.constantFrom('sea', 'air', '-sea.mines', 'sea.submarines');
  const pair = fc.oneof(
    fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => `topic=${values.join(',')}`),
    fc.constantFrom(
      'country=AU',
      'country=fi,-US',
      'org=Lockheed%20Martin',
      'q=navy%20-drill',
      'kind=wire',
      'lang=EN',
    ),
  );

  it('is the same for every order of the same parameters', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), (pairs) => {
        expect(canonical([...pairs].reverse().join('&'))).toBe(canonical(pairs.join('&')));
      }),
    );
  });

  it('means what the query meant and is its own canonical form', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), (pairs) => {
        const text = canonical(pairs.join('&'));
        expect(canonical(text)).toBe(text);
        expect(query(text).words).toEqual(query(pairs.join('&')).words);
        expect(new Set(query(text).filters.topic.none)).toEqual(
          new Set(query(pairs.join('&')).filters.topic.none),
        );
      }),
    );
  });
});

describe('withTopic', () => {
  it('asks for one topic more', () => {
    const narrowed = withTopic(query('topic=air&country=AU'), 'sea');
    expect(narrowed.filters.topic.all).toEqual([['air'], ['sea']]);
    expect(canonicalQuery(narrowed)).toBe(canonical('country=AU&topic=sea&topic=air'));
  });
});
