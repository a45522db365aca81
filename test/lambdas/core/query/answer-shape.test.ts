import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalShape, readAnswerShape } from '../../../../lambdas/core/query/answer-shape.ts';

const names = ['id', 'title', 'topics'] as const;
const problemOf = (search: string) => {
  const shape = readAnswerShape(search, names);
  return shape.ok ? null : shape.problem;
};

describe('readAnswerShape', () => {
  it('asks for nothing when nothing is asked, and leaves other parameters alone', () => {
    expect(readAnswerShape('?topic=sea&q=x', names)).toEqual({
      ok: true,
      value: { format: null, fields: null },
    });
  });

  it('reads the format and the fields in their order, each once', () => {
    expect(readAnswerShape('?fields=topics, id,topics&format=csv', names)).toEqual({
      ok: true,
      value: { format: 'csv', fields: ['topics', 'id'] },
    });
  });

  it.each(['../x', 'CSV', 'xml', '', 'json,csv'])(
    'refuses the format %j and says what there is',
    (format) => {
      expect(problemOf(`format=${encodeURIComponent(format)}`)).toMatchObject({
        parameter: 'format',
        value: format,
        allowed: ['json', 'csv', 'ndjson'],
      });
    },
  );

  it.each(['', ',', 'id,', 'ID', 'id;title', '__proto__', 'constructor', 'id,nothing'])(
    'refuses the fields %j',
    (fields) => {
      expect(problemOf(`fields=${encodeURIComponent(fields)}`)).toMatchObject({ parameter: 'fields' });
    },
  );

  it('names the nearest field', () => {
    expect(problemOf('fields=id,topic')).toMatchObject({
      value: 'topic',
      didYouMean: 'topics',
      allowed: names,
    });
  });

  it('refuses a parameter given twice', () => {
    expect(problemOf('format=csv&format=csv')).toMatchObject({ parameter: 'format' });
    expect(problemOf('fields=id&fields=title')).toMatchObject({ parameter: 'fields' });
  });

  it('refuses a query that cannot be read', () => {
    expect(problemOf('format=%ff')).toMatchObject({ parameter: 'format' });
  });
});

describe('canonicalShape', () => {
  it('says nothing of the default', () => {
    expect(canonicalShape({ format: 'json', fields: null })).toBe('');
    expect(canonicalShape({ format: null, fields: null })).toBe('');
  });

  it('reads as the shape it was made of', () => {
    const shapes = fc.record({
      format: fc.constantFrom(null, 'csv' as const, 'ndjson' as const),
      fields: fc.option(fc.shuffledSubarray([...names], { minLength: 1 })),
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(readAnswerShape(canonicalShape(shape), names)).toEqual({ ok: true, value: shape });
      }),
    );
  });
});
