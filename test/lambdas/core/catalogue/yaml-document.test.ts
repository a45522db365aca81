import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readYamlDocument, schemaProblems, shown } from '../../../../lambdas/core/catalogue/yaml-document.ts';

const read = (text: string) => readYamlDocument({ text, fileName: 'x.yaml', bytesMax: 10_000 });
const document = (text: string) => {
  const reading = read(text);
  if (!reading.ok) throw new Error(reading.problems.join());
  return reading.document;
};

describe('readYamlDocument', () => {
  test('names the line of a place, or of what should hold it', () => {
    const { problem, value } = document('a:\n  - b: 1\n\n  - c: [x,\n        y]\n');
    expect(value).toEqual({ a: [{ b: 1 }, { c: ['x', 'y'] }] });
    expect(problem(['a', 1, 'c', 1], 'm')).toBe('x.yaml:5 a.1.c.1: m');
    expect(problem(['a', 0, 'missing', 3], 'm')).toBe('x.yaml:2 a.0.missing.3: m');
    expect(problem([], 'm')).toBe('x.yaml:1 file: m');
  });

  test('names repeated keys', () => {
    expect(read('a: 1\nb: 2\na: 3\n')).toEqual({
      ok: false,
      problems: ['x.yaml:3 a: expected each key once, got it twice'],
    });
  });

  test('keeps __proto__ a key like any other', () => {
    expect(Object.keys(document('__proto__: {x: 1}').value ?? {})).toEqual(['__proto__']);
  });

  test.each([
    ['too many bytes', 'x'.repeat(10_001)],
    ['a tab for indentation', 'a:\n\t- b'],
    ['an open quote', 'a: "x'],
    ['endless nesting', '['.repeat(9_000)],
  ])('refuses %s', (_, text) => {
    const reading = read(text);
    expect(reading.ok).toBe(false);
    expect(reading.ok ? '' : reading.problems[0]).toMatch(/^x\.yaml:\d+ /);
  });
});

test('schemaProblems words what was expected and got', () => {
  const schema = z.object({
    n: z.int().check(z.maximum(3)),
    s: z.string().check(z.minLength(2)),
    l: z.array(z.string()),
    e: z.enum(['p', 'q']),
  });
  const text = 'n: 9\ns: x\nl: no\ne: r\n';
  const result = z.safeParse(schema, document(text).value);
  expect(schemaProblems(result.error?.issues ?? [], document(text), [])).toEqual([
    'x.yaml:1 n: expected at most 3, got 9',
    'x.yaml:2 s: expected at least 2 characters, got "x"',
    'x.yaml:3 l: expected a list, got "no"',
    'x.yaml:4 e: expected one of p, q, got "r"',
  ]);
});

test('shown keeps long values short', () => {
  expect(shown('x'.repeat(500))).toHaveLength(81);
  expect([shown(undefined), shown(null), shown([]), shown({})]).toEqual([
    'nothing',
    'null',
    'a list',
    'a mapping',
  ]);
});
