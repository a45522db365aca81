import { describe, expect, test } from 'vitest';
import { createTagger } from '../../../../lambdas/core/tag/tag.ts';
import { compileRules } from '../../../../lambdas/core/tag/compile.ts';
import type { Gazetteer } from '../../../../lambdas/core/tag/gazetteer.ts';
import type { Taxonomy } from '../../../../lambdas/core/tag/taxonomy.ts';

const taxonomy: Taxonomy = {
  version: 7,
  context: { defence: { sure: ['military'] }, civil: { sure: ['film'] } },
  ignore: ['fish tank'],
  domains: [
    {
      slug: 'land',
      label: 'Land',
      topics: [
        {
          slug: 'land.tanks',
          label: 'Tanks',
          definition: 'Tanks.',
          match: { sure: ['tank'], not: ['toy tank'] },
        },
        {
          slug: 'land.deals',
          label: 'Deals',
          definition: 'Deals.',
          needsDefence: true,
          match: { sure: ['order~ .. lorries', 'deal'] },
        },
      ],
    },
  ],
};
const gazetteer: Gazetteer = {
  countries: [{ code: 'SE', name: 'Sweden', adjectives: ['Swedish'], capital: 'Stockholm' }],
  services: [{ label: 'Army', words: ['army'], unitedStates: 'United States Army' }],
  organisations: [{ name: 'Acme', countries: ['SE'], defence: 0 }],
  systems: [{ name: 'Strv 122', topics: ['land.tanks'] }],
  people: [],
  operations: [],
};
const rules = compileRules({ taxonomy, gazetteer, lexicon: { version: 1, classes: [] }, model: null });
const tag = createTagger(rules);
const topics = (title: string) => tag({ title, summary: '' }).topics.map(({ topic }) => topic);

describe('compileRules', () => {
  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    expect(rules.version).toBe(7);
  });

  test('finds a topic by its phrases and by what a name implies', () => {
    expect(topics('A tank')).toEqual(['land.tanks']);
    expect(topics('The Strv-122')).toEqual(['land.tanks']);
  });

  test('takes a topic off by its exclusions and hides masked words', () => {
    expect(topics('A toy tank for the military')).toEqual([]);
    expect(topics('A fish tank for the military')).toEqual([]);
  });

  test('counts everyday words only in a defence story', () => {
    expect(topics('A deal for a town')).toEqual([]);
    expect(topics('A military deal')).toEqual(['land.deals']);
  });

  test('joins the parts of a phrase with a gap when they are near', () => {
    expect(topics('military orders forty heavy lorries')).toEqual(['land.deals']);
    expect(topics('lorries that the military ordered')).toEqual([]);
    expect(topics('military orders one two three four five six lorries')).toEqual([]);
  });

  test('names implied countries and services', () => {
    const tags = tag({ title: 'Swedish army meets Acme', summary: '' });
    expect(tags.countries.map(({ name }) => name)).toEqual(['SE']);
    expect(tags.organisations.map(({ name }) => name)).toEqual(['Swedish Army', 'Acme']);
  });

  test('signs of another subject weigh against relevance', () => {
    expect(tag({ title: 'A military film', summary: '' }).relevance).toBe('none');
  });
});
