import { expect, test } from 'vitest';
import { readGazetteer } from '../../../../lambdas/core/tag/gazetteer.ts';

const file = (fileName: string, text: string) => ({ fileName, text });
const files = {
  'countries.yaml': file('countries.yaml', 'countries:\n  - {code: SE, name: Sweden}\n'),
  'organisations.yaml': file('organisations.yaml', 'services: []\norganisations: []\n'),
  'systems.yaml': file('systems.yaml', 'systems: []\n'),
  'people.yaml': file('people.yaml', 'people: []\n'),
  'operations.yaml': file('operations.yaml', 'operations: []\n'),
};

test('joins the five files', () => {
  expect(readGazetteer(files, new Set())).toMatchObject({
    ok: true,
    gazetteer: { countries: [{ code: 'SE', name: 'Sweden' }], services: [], operations: [] },
  });
});

test('names every problem of every file by file and line', () => {
  const reading = readGazetteer(
    {
      ...files,
      'countries.yaml': file('countries.yaml', 'countries:\n  - {code: XX, name: Nowhere}\n'),
      'systems.yaml': file(
        'systems.yaml',
        'systems:\n  - {name: A, topics: [sea.boats]}\n  - {name: A}\n  - {name: B, aliases: ["(b"]}\n',
      ),
      'people.yaml': file('people.yaml', 'people:\n  - {nmae: C}\n'),
    },
    new Set(['sea.ships']),
  );
  expect(reading.ok ? [] : reading.problems).toEqual([
    'countries.yaml:2 countries.0.code: expected an ISO 3166-1 alpha-2 country code, got "XX"',
    'systems.yaml:2 systems.0: expected topics of the taxonomy, got sea.boats',
    'systems.yaml:3 systems.1: expected each name once, got A again',
    expect.stringMatching(/^systems\.yaml:4 systems\.2\.aliases\.0: expected closed/),
    'people.yaml:2 people.0.name: expected text, got nothing',
    'people.yaml:2 people.0.nmae: unknown key, did you mean name?',
  ]);
});
