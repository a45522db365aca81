import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../../lambdas/core/tag/compile.ts';
import { lintTaxonomy } from '../../../../lambdas/core/tag/lint-taxonomy.ts';
import { createTextReader } from '../../../../lambdas/core/tag/tag.ts';
import { readTaxonomy } from '../../../../lambdas/core/tag/taxonomy.ts';

function remarks(
  sure: readonly string[],
  likely: readonly string[] = [],
  other: readonly string[] = ['zeppelin'],
) {
  const text = `version: 1
context: {defence: {sure: [military]}, civil: {sure: [film]}}
ignore: [fish tank]
domains:
  - slug: x
    label: X
    topics:
      - {slug: x.one, label: One, definition: One., match: {sure: ${JSON.stringify(sure)}, likely: ${JSON.stringify(likely)}}}
      - {slug: x.two, label: Two, definition: Two., match: {sure: ${JSON.stringify(other)}}}
`;
  const reading = readTaxonomy(text, 'topics.yaml');
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const gazetteer = {
    countries: [],
    services: [],
    organisations: [],
    systems: [],
    people: [],
    operations: [],
  };
  const lexicon = { version: 1, classes: [] };
  const rules = compileRules({ taxonomy: reading.taxonomy, gazetteer, lexicon, model: null });
  const read = createTextReader(rules);
  return lintTaxonomy(reading.taxonomy, reading.document, (title) => {
    const [field] = read({ title, summary: '' });
    if (field === undefined) throw new Error('expected a title');
    return field;
  });
}

describe('lintTaxonomy', () => {
  test('says nothing of sound phrases', () => {
    expect(remarks(['(main battle|light) tank', 'turret'], ['tracked .. vehicle'])).toEqual([]);
  });

  test('names the line of a phrase that cannot be found in its own words', () => {
    const found = remarks(['train, advise', 'turret']);
    expect(found).toMatchObject([{ kind: 'dead' }]);
    expect(found[0]?.text).toMatch(
      /^topics\.yaml:8 domains\.0\.topics\.0\.match\.sure\.0: "train, advise" is not found/,
    );
  });

  test('counts the dead spellings of a phrase and shows them', () => {
    expect(remarks(['(turret|gun, howitzer)'])[0]?.text).toContain('1 of 2 spellings, e.g. "gun, howitzer"');
  });

  test('finds phrases that settle two topics, and twice-told ones', () => {
    expect(remarks(['airship'], [], ['airship']).map(({ text }) => text)).toEqual([
      expect.stringContaining('also settles x.two'),
      expect.stringContaining('also settles x.one'),
    ]);
    expect(remarks(['airship'], ['airships'])).toMatchObject([
      { kind: 'overlapping', text: expect.stringContaining('shares a spelling with sure "airship"') },
    ]);
  });

  test('finds phrases that add nothing, and ones that hide a stronger one', () => {
    expect(remarks(['airship', 'airship crew'])).toMatchObject([
      { kind: 'shadowed', text: expect.stringContaining('adds nothing to sure "airship"') },
    ]);
    expect(remarks(['airship'], ['airship crew'])).toMatchObject([
      { kind: 'shadowed', text: expect.stringContaining('hides the stronger sure "airship"') },
    ]);
  });
});
