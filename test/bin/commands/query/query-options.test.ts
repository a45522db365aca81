import { describe, expect, it } from 'vitest';
import { isUsageError } from '../../../../bin/command.ts';
import { readQueryOptions } from '../../../../bin/commands/query/query-options.ts';
import { parameterNames } from '../../../../lambdas/core/query/story-query.ts';

const id = 'a'.repeat(22);
const problemOf = (...args: readonly string[]): string => {
  try {
    readQueryOptions(args);
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
  return 'none';
};

describe('readQueryOptions', () => {
  it('asks for fifty stories as a table when nothing is said', () => {
    expect(readQueryOptions([])).toEqual({
      what: 'stories',
      filters: [],
      format: 'table',
      fields: null,
      storiesMax: 50,
      all: false,
      cursor: null,
      endpoint: null,
      data: null,
    });
  });

  it('takes every parameter of the query as an option', () => {
    for (const name of parameterNames) {
      const asked = readQueryOptions([`--${name}`, '7']);
      const sent = name === 'limit' ? asked?.storiesMax : name === 'cursor' ? asked?.cursor : asked?.filters;
      expect(sent, name).toEqual(name === 'limit' ? 7 : name === 'cursor' ? '7' : [[name, '7']]);
    }
  });

  it('repeats a filter that is given again, in the order of the API', () => {
    const asked = readQueryOptions([
      '--q',
      'a',
      '--topic',
      'sea',
      '--topic',
      'air,-sea.mines',
      '--q',
      '"b c"',
    ]);
    expect(asked?.filters).toEqual([
      ['topic', 'sea'],
      ['topic', 'air,-sea.mines'],
      ['q', 'a'],
      ['q', '"b c"'],
    ]);
  });

  it('takes an excluded value for a value', () => {
    expect(readQueryOptions(['--topic', '-sea', '--q', '-word', '--all'])).toMatchObject({
      filters: [
        ['topic', '-sea'],
        ['q', '-word'],
      ],
      all: true,
    });
  });

  it('gives null for help', () => {
    expect(readQueryOptions(['--help'])).toBeNull();
    expect(readQueryOptions(['-h'])).toBeNull();
  });

  it('takes --all for no bound, and --json for the format', () => {
    expect(readQueryOptions(['--all', '--json'])).toMatchObject({
      all: true,
      storiesMax: Number.POSITIVE_INFINITY,
      format: 'json',
    });
    expect(readQueryOptions(['--json', '--format', 'json'])?.format).toBe('json');
  });

  it('takes the id of one story or cluster', () => {
    expect(readQueryOptions(['--id', id])?.what).toEqual({ kind: 'story', id });
    expect(readQueryOptions(['--cluster', id, '--json'])?.what).toEqual({ kind: 'cluster', id });
  });

  it.each([
    [['--nothing'], /--nothing/],
    [['stories'], /stories/],
    [['--topic'], /--topic/],
    [['--format', 'xml'], /table, json, csv, ndjson.*"xml"/],
    [['--format', ''], /--format to have a value/],
    [['--limit', '0'], /whole number/],
    [['--limit', '-1'], /limit/],
    [['--limit', '1e3'], /whole number/],
    [['--limit', '1000001'], /1000000/],
    [['--all', '--limit', '5'], /got both/],
    [['--json', '--format', 'csv'], /got both/],
    [['--fields', 'id'], /with --format/],
    [['--endpoint', 'http://x', '--data', 'y'], /got both/],
    [['--id', '../healthz'], /22 to 64/],
    [['--id', id, '--cluster', id], /got both/],
    [['--id', id, '--topic', 'sea'], /no filters/],
    [['--id', id, '--format', 'csv'], /table or json/],
  ])('refuses %j', (args, message) => {
    expect(problemOf(...args)).toMatch(message);
  });
});
