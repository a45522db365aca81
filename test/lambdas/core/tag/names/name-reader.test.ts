import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataDirectory, loadData } from '../../../../../bin/compile-data.ts';
import { headlineCompaniesIn } from '../../../../../lambdas/core/tag/names/companies.ts';
import { designationsIn } from '../../../../../lambdas/core/tag/names/designations.ts';
import { operationsIn } from '../../../../../lambdas/core/tag/names/operations.ts';
import { organisationsIn } from '../../../../../lambdas/core/tag/names/organisations.ts';
import { peopleIn } from '../../../../../lambdas/core/tag/names/people.ts';
import { shipsIn } from '../../../../../lambdas/core/tag/names/systems.ts';
import { wordFieldOf } from '../../../../../lambdas/core/tag/names/word-field.ts';
import type { WordField } from '../../../../../lambdas/core/tag/names/word-field.ts';
import { nameKinds } from '../../../../../lambdas/core/tag/rules.ts';
import { createTagger, createTextReader } from '../../../../../lambdas/core/tag/tag.ts';

const { rules } = loadData(dataDirectory);
const tag = createTagger(rules);
const read = createTextReader(rules);

const piece = fc.constantFrom(
  'Gen. ',
  'Lt. Gen. ',
  'John ',
  'Haskins',
  'al-',
  'de ',
  'van der ',
  'Jr.',
  'X. ',
  'US ',
  'U.S. ',
  'USS ',
  'Navy ',
  'the ',
  'of ',
  'and ',
  '& ',
  'Ministry of ',
  'Agency ',
  'Command ',
  '455th ',
  'Wing ',
  'Inc. ',
  '(ABC) ',
  'ABC ',
  'Operation ',
  'Amber ',
  'F-',
  '35',
  'Type ',
  'Mk ',
  '-class ',
  'frigate ',
  'Georgia',
  ', ',
  '. ',
  'Pa.',
  "'s ",
  '’',
  '“',
  '” ',
  ' (',
  ') ',
  '— ',
  'said ',
  'director ',
  'NATO summit ',
  'Ukraine ',
  'Russia ',
  '\n',
  '\u0301',
  '\ud83d',
  'É',
  'ß',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

/** Every recogniser with words that count how often one is looked at. */
function looksAt(summary: string): number {
  let looks = 0;
  const counted = (field: WordField): WordField => ({
    ...field,
    words: new Proxy(field.words, {
      get: (words, property, receiver) => {
        looks += 1;
        return Reflect.get(words, property, receiver);
      },
    }),
  });
  const fields = read({ title: 'Quellstrom wins contract', summary }).map((field) =>
    counted(wordFieldOf(field)),
  );
  peopleIn(fields, new Map());
  organisationsIn(fields);
  headlineCompaniesIn(fields);
  shipsIn(fields);
  designationsIn(fields);
  operationsIn(fields);
  return looks;
}

describe('names', () => {
  test('never throw, stay within five of a kind, and their evidence points at the words', () => {
    fc.assert(
      fc.property(text, text, (title, summary) => {
        const tags = tag({ title, summary });
        for (const kind of nameKinds) {
          expect(tags[kind].length).toBeLessThanOrEqual(kind === 'countries' ? 8 : 5);
          expect(new Set(tags[kind].map(({ name }) => name)).size).toBe(tags[kind].length);
          for (const { name, evidence } of tags[kind]) {
            expect(name.trim()).not.toBe('');
            expect(evidence.length).toBeGreaterThan(0);
            for (const { field, words, at } of evidence)
              expect((field === 'title' ? title : summary).slice(at, at + words.length)).toBe(words);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('give the same for the same text', () => {
    fc.assert(
      fc.property(text, (summary) => {
        expect(tag({ title: '', summary })).toEqual(tag({ title: '', summary }));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['people', 'Gen. John X. Haskins Jr., the director of the yard, said so. '],
    ['family names', 'John Haskins said Haskins saw Haskins. '],
    ['capitals', 'Alpha Bravo Charlie Delta Echo Foxtrot '],
    ['open bodies', 'Ministry of Council of Committee of Agency and '],
    ['units', '455th Air Expeditionary Wing 96th '],
    ['ships', 'USS Harold P. Haskins sailed with the carrier George Washington. '],
    ['designations', 'A new AGM-158 missile and Type 97 drone of the Haskins-class frigate. '],
    ['quotes', '“Kestrel” glide “bomb” “Amber” drone '],
    ['initials', 'A. B. C. D. E. F. '],
    ['acronyms', 'The Harbour Safety Agency (HSA) and HSA of HSA. '],
  ])('look at each word a bounded number of times: %s', (_name, part) => {
    const once = looksAt(part.repeat(50));
    const tenfold = looksAt(part.repeat(500));
    expect(tenfold).toBeLessThan(once * 11);
  });

  test('order names by the title first and then by place', () => {
    const tags = tag({ title: 'Poland warns', summary: 'Germany and Poland met France.' });
    expect(tags.countries.map(({ name }) => name)).toEqual(['PL', 'DE', 'FR']);
  });
});
