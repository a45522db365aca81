import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLexicon } from '../../../../lambdas/core/tag/lexicon.ts';

const classes = (lines: readonly string[]) =>
  `version: 1\nclasses:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const problemsOf = (text: string) => {
  const reading = readLexicon(text, 'lexicon.yaml');
  return reading.ok ? [] : reading.problems;
};

describe('readLexicon', () => {
  test('gives version and classes in the order of the file', () => {
    const text = classes([
      'warship: [frigate, "destroyer escort"]',
      'strike-verb: [pound~, (air|missile) strike]',
    ]);
    expect(readLexicon(text, 'lexicon.yaml')).toEqual({
      ok: true,
      lexicon: {
        version: 1,
        classes: [
          { name: 'warship', words: ['frigate', 'destroyer escort'] },
          { name: 'strike-verb', words: ['pound~', '(air|missile) strike'] },
        ],
      },
    });
  });

  test('accepts a word in three classes, and the same letters where they match otherwise', () => {
    expect(
      problemsOf(classes(['a: [convoy]', 'b: [convoy]', 'c: [convoy]', 'd: [convoy~, convoy!]'])),
    ).toEqual([]);
  });

  test.each([
    ['a bad phrase', ['a: [frigate, "(a|b"]'], 'lexicon.yaml:3 classes.a.1: expected closed (a|b) groups'],
    ['a phrase without words', ['a: ["..."]'], 'lexicon.yaml:3 classes.a.0: expected'],
    ['a word twice', ['a: [frigate,', '    frigate]'], 'lexicon.yaml:4 classes.a.1: expected each word once'],
    [
      'a word and its plural',
      ['a: [frigate, frigates]'],
      'lexicon.yaml:3 classes.a.1: expected each word once',
    ],
    [
      'two spellings of a word',
      ['a: [body armor, body-armour]'],
      'lexicon.yaml:3 classes.a.1: expected each word once',
    ],
    [
      'a word in four classes',
      ['a: [convoy]', 'b: [convoy]', 'c: [convoy]', 'd: [convoys]'],
      'lexicon.yaml:6 classes.d.0: expected a word in at most 3 classes, and it is in a, b, c, got "convoys"',
    ],
    ['a class without words', ['a: []'], 'lexicon.yaml:3 classes.a: expected at least 1 items, got a list'],
    ['a class that is no list', ['a: frigate'], 'lexicon.yaml:3 classes.a: expected'],
    ['a word that is no text', ['a: [155]'], 'lexicon.yaml:3 classes.a.0: expected text, got 155'],
    ['an empty word', ['a: [""]'], 'lexicon.yaml:3 classes.a.0: expected at least 1 characters'],
    [
      'a class twice',
      ['a: [frigate]', 'a: [tank]'],
      'lexicon.yaml:4 a: expected each key once, got it twice',
    ],
  ])('refuses %s and names line and reason', (_, lines, expected) => {
    expect(problemsOf(classes(lines))[0]?.slice(0, expected.length)).toBe(expected);
  });

  test.each(['Warship', 'war_ship', 'war ship', 'warship-', '-warship', 'war--ship', '8', 'wárship'])(
    'refuses the class name %j, which is not in kebab case',
    (name) => {
      expect(problemsOf(classes([`${JSON.stringify(name)}: [frigate]`]))[0]).toBe(
        `lexicon.yaml:3 classes.${name}: expected a class name such as first-flight, got "${name}"`,
      );
    },
  );

  test('refuses unknown keys, and suggests the one that was meant', () => {
    expect(problemsOf('version: 1\nclases: {a: [b]}')).toContain(
      'lexicon.yaml:2 clases: unknown key, did you mean classes?',
    );
  });

  test('refuses what is no lexicon at all', () => {
    for (const text of [
      '',
      '[]',
      'version: 1',
      'version: 0\nclasses: {a: [b]}',
      'version: 1\nclasses: {}',
      '"',
    ])
      expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  test('refuses a file beyond its bound', () => {
    expect(problemsOf(`# ${'x'.repeat(1_000_000)}`)[0]).toMatch(/expected at most 1000000 bytes/);
  });

  test('never throws, and gives either classes or problems', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('version: 1', 'classes:', '  a: [b]', '  a: [(]', '  __proto__: [x]'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const reading = readLexicon(lines.join('\n'), 'lexicon.yaml');
        expect(reading.ok ? reading.lexicon.classes.length : reading.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  test('reads back the classes that were written', () => {
    const word = fc.stringMatching(/^[bcdfg][aeiou][mnprt]{1,3}a$/);
    const name = fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,6}){0,2}$/);
    const entry = fc.record({ name, words: fc.uniqueArray(word, { minLength: 1, maxLength: 5 }) });
    const few = fc.uniqueArray(entry, { minLength: 1, maxLength: 3, selector: (item) => item.name });
    fc.assert(
      fc.property(few, (written) => {
        const text = classes(
          written.map((item) => `${JSON.stringify(item.name)}: ${JSON.stringify(item.words)}`),
        );
        expect(readLexicon(text, 'lexicon.yaml')).toEqual({
          ok: true,
          lexicon: { version: 1, classes: written },
        });
      }),
    );
  });
});

describe('data/lexicon.yaml', () => {
  const file = new URL('../../../../data/lexicon.yaml', import.meta.url);
  const reading = readLexicon(readFileSync(file, 'utf8'), 'lexicon.yaml');

  test('reads without a problem', () => {
    expect(reading.ok ? [] : reading.problems).toEqual([]);
  });

  test('holds a class for the senses that topics are told apart by, none of them nearly empty', () => {
    const sizes = new Map(
      reading.ok ? reading.lexicon.classes.map(({ name, words }) => [name, words.length]) : [],
    );
    for (const name of ['strike-verb', 'surface-warship', 'appoint-verb', 'first-flight', 'sport-football'])
      expect(sizes.get(name)).toBeGreaterThan(9);
    expect(Math.min(...sizes.values())).toBeGreaterThan(9);
  });
});
