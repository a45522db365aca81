import { describe, expect, it } from 'vitest';
import { type JsonFeed, readJsonFeed } from '../../../../lambdas/core/parse/json-feed.ts';
import { ParseProblems } from '../../../../lambdas/core/parse/parse-problems.ts';

const base = 'https://example.org/feed.json';

function read(text: string): { feed: JsonFeed; codes: string[] } {
  const problems = new ParseProblems();
  const feed = readJsonFeed(text, base, problems);
  if ('code' in feed) throw new Error(feed.message);
  return { feed, codes: problems.list().map(({ code }) => code) };
}

const withItem = (item: object | string): string =>
  `{"version":"https://jsonfeed.org/version/1.1","items":[${typeof item === 'string' ? item : JSON.stringify(item)}]}`;
const entryOf = (item: object | string) => read(withItem(item)).feed.entries[0];

describe('readJsonFeed', () => {
  it.each([
    ['"7"', '7'],
    ['7', '7'],
    ['00', null],
    ['"00012"', '00012'],
    ['1e400', null],
    ['true', null],
    ['{"x":1}', null],
    ['""', null],
  ])('reads the id %s as %s', (id, expected) => {
    const text = withItem(`{"id":${id}}`);
    const result = readJsonFeed(text, base, new ParseProblems());
    if (id === '00') expect(result).toMatchObject({ code: 'malformed' });
    else expect(result).toMatchObject({ entries: [{ id: expected }] });
  });

  it('reads both ways to name authors and inherits those of the feed', () => {
    expect(entryOf({ authors: [{ name: 'A' }, { name: 'B' }, { url: 'x' }, null, 'C'] })?.authors).toEqual([
      'A',
      'B',
      'C',
    ]);
    expect(entryOf({ author: { name: 'A' } })?.author).toBe('A');
    expect(read('{"author":{"name":"Desk"},"items":[{}]}').feed.entries[0]?.author).toBe('Desk');
  });

  it('takes the page from url, else external_url, else an id that is an address', () => {
    expect(entryOf({ url: '/a', external_url: 'https://x.example/' })?.link).toBe('https://example.org/a');
    expect(entryOf({ url: 'mailto:x', external_url: 'https://x.example/' })?.link).toBe('https://x.example/');
    expect(entryOf({ id: 'https://example.org/9' })?.link).toBe('https://example.org/9');
    expect(read(withItem({ url: 'javascript:alert(1)' })).codes).toEqual(['bad-link']);
  });

  it('prefers HTML content, as text, and folds plain content', () => {
    expect(entryOf({ content_html: '<p>a</p><p>b</p>', content_text: 'c' })?.content).toBe('a\nb');
    expect(entryOf({ content_text: '5 < 6 &amp; 7' })?.content).toBe('5 < 6 &amp; 7');
  });

  it('replaces lone surrogates', () => {
    expect(entryOf('{"title":"a\\ud800b","id":"\\udc00"}')).toMatchObject({
      title: 'a\uFFFDb',
      id: '\uFFFD',
    });
  });

  it('is not moved by the names of built-in properties', () => {
    const { feed } = read(
      '{"__proto__":{"polluted":1,"items":[]},"items":[{"__proto__":{"title":"no"},"constructor":{"prototype":{"polluted":1}},"toString":1,"id":"1"}]}',
    );
    expect(feed.entries).toMatchObject([{ id: '1', title: null }]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('takes the last of repeated keys, as JSON.parse does', () => {
    expect(entryOf('{"id":"1","id":"2"}')?.id).toBe('2');
  });

  it('forgives raw control characters in strings', () => {
    expect(entryOf('{"title":"a\u0001b\nc"}')?.title).toBe('a b c');
  });

  it.each(['null', '1', '"text"', '[]', '[{"title":"x"}]', 'undefinedly'])(
    'rejects the item %s alone',
    (item) => {
      const text = `{"items":[{"id":"1"},${item === 'undefinedly' ? 'false' : item},{"id":"3"}]}`;
      const { feed, codes } = read(text);
      expect(feed.entries.map(({ id }) => id)).toEqual(['1', '3']);
      expect([feed.rejected, codes]).toEqual([1, ['bad-entry']]);
    },
  );

  it('keeps the first 2,000 items and counts the rest', () => {
    const { feed } = read(JSON.stringify({ items: Array.from({ length: 2_700 }, (_, id) => ({ id })) }));
    expect([feed.entries.length, feed.rejected]).toEqual([2_000, 700]);
  });

  it('keeps tags that are texts, each once', () => {
    expect(entryOf({ tags: ['a', 'a', ' ', 1, null, ['b'], ' c '] })?.categories).toEqual(['a', '1', 'c']);
    expect(entryOf({ tags: 'a' })?.categories).toEqual(['a']);
  });

  it.each([
    ['malformed', '{"items":['],
    ['not-a-feed', '{"items":{}}'],
    ['not-a-feed', '{"version":"https://jsonfeed.org/version/1.1"}'],
    ['too-deep', `{"items":${'['.repeat(100_000)}`],
    ['too-deep', `{"a":"]","items":${'{"a":'.repeat(70)}1${'}'.repeat(70)}}`],
  ])('says %s', (code, text) => {
    expect(readJsonFeed(text, base, new ParseProblems())).toMatchObject({ code });
  });

  it('does not take brackets in strings for nesting', () => {
    expect(entryOf({ title: '['.repeat(1_000), id: '\\"[[' })?.title).toBe('['.repeat(1_000));
  });
});
