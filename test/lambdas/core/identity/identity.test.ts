import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentHash,
  type EntryIdentity,
  entryKey,
  hashParts,
  storyId,
} from '../../../../lambdas/core/identity/identity.ts';

const identity = (over: Partial<EntryIdentity>): EntryIdentity => ({
  id: null,
  link: null,
  title: null,
  summary: null,
  ...over,
});
describe('entryKey', () => {
  it('takes the guid before the address and the address before the text', () => {
    const all = { id: 'g', link: 'https://example.org/1', title: 'T', summary: 'S' };
    expect(entryKey(all)).toBe(entryKey(identity({ id: 'g' })));
    expect(entryKey({ ...all, id: ' ' })).toBe(
      entryKey(identity({ link: 'https://example.org/1', title: 'other' })),
    );
    expect(entryKey({ ...all, id: null, link: null })).toBe(
      entryKey(identity({ title: 't', summary: ' s' })),
    );
    expect(
      new Set(
        [all, { ...all, id: null }, { ...all, id: null, link: null }].map((one) => entryKey(one).charAt(0)),
      ),
    ).toEqual(new Set(['g', 'u', 't']));
  });

  it.each([
    ['http and https', 'http://example.org/?p=1', 'https://example.org/?p=1'],
    ['tracking parameters', 'https://example.org/?p=1', 'https://example.org/?p=1&utm_source=rss'],
    ['white space', 'tag:example.org:1', ' tag:example.org:1\n'],
    ['composition', 'tag:caf\u00e9', 'tag:cafe\u0301'],
  ])('does not mind %s of a guid', (_, one, other) => {
    expect(entryKey(identity({ id: one }))).toBe(entryKey(identity({ id: other })));
  });

  it.each([
    ['00012', '12'],
    ['1e3', '1000'],
    ['A', 'a'],
    ['https://example.org/A', 'https://example.org/a'],
  ])('keeps the guids %s and %s apart', (one, other) => {
    expect(entryKey(identity({ id: one }))).not.toBe(entryKey(identity({ id: other })));
  });

  it('is the same when the token in the address changes with each reading', () => {
    const at = (token: string, title: string) =>
      entryKey(identity({ link: `https://example.org/read?token=${token}`, title }));
    expect(at('a1', 'One')).toBe(at('b2', 'One'));
    expect(at('a1', 'One')).not.toBe(at('a1', 'Two'));
  });

  it('folds full-width letters but keeps look-alikes apart', () => {
    const titled = (title: string) => entryKey(identity({ title }));
    expect(titled('ＮＡＴＯ')).toBe(titled('NATO'));
    expect(titled('NАTO')).not.toBe(titled('NATO'));
  });

  it('fits the message and is text for any entry', () => {
    const text = fc.option(fc.string({ unit: 'binary' }), { nil: null });
    fc.assert(
      fc.property(text, text, text, text, (id, link, title, summary) => {
        expect(entryKey({ id, link, title, summary })).toMatch(/^[gut][\w-]{16}$/);
      }),
    );
  });
});

describe('contentHash', () => {
  const text = { title: 'Ships sail', summary: 'At dawn.', url: 'https://example.org/1' };

  it.each([
    ['white space', { ...text, title: ' Ships  sail\n' }],
    ['composition', { ...text, summary: 'At dawn.'.normalize('NFD') }],
    ['the scheme', { ...text, url: 'http://example.org/1/' }],
    ['tracking', { ...text, url: 'https://example.org/1?utm_medium=rss' }],
    ['a session', { ...text, url: 'https://example.org/1?sid=99' }],
    ['a go-between', { ...text, url: 'https://www.google.com/url?q=https://example.org/1' }],
    ['a counter', { ...text, summary: 'At dawn. 12 comments' }],
  ])('does not change with %s', (_, other) => {
    expect(contentHash(other)).toBe(contentHash(text));
  });

  it.each([
    ['title', { ...text, title: 'Ship sails' }],
    ['summary', { ...text, summary: 'At dusk.' }],
    ['address', { ...text, url: 'https://example.org/2' }],
    ['address taken away', { ...text, url: null }],
    ['words moved between title and summary', { ...text, title: 'Ships', summary: 'sail At dawn.' }],
  ])('changes with the %s', (_, other) => {
    expect(contentHash(other)).not.toBe(contentHash(text));
  });

  it('says of page, title and summary each by itself whether it changed', () => {
    const parts = hashParts(contentHash(text));
    expect(hashParts(contentHash({ ...text, url: null }))).toMatchObject({
      title: parts?.title,
      summary: parts?.summary,
    });
    expect(hashParts(contentHash({ ...text, title: 'x' }))).toMatchObject({
      page: parts?.page,
      summary: parts?.summary,
    });
    expect(hashParts(contentHash({ ...text, summary: 'x' }))).toMatchObject({
      page: parts?.page,
      title: parts?.title,
    });
    expect(hashParts('UcNB2XzeQW8eBCri')).toBeNull();
  });

  it('is stored in windows and sightings: frozen', () => {
    expect(contentHash(text)).toMatchInlineSnapshot(`"2GMF0GPC02rrFlaZ8"`);
  });
});

describe('storyId', () => {
  it('is frozen: stored stories and guids hang on it', () => {
    expect(storyId('naval-news', 'gAAAAAAAAAAAAAAAA')).toBe(storyId('naval-news', 'gAAAAAAAAAAAAAAAA'));
    expect(storyId('a', 'b')).toMatchInlineSnapshot(`"3pwRRADOZ3z7frG3F5k9bf"`);
  });

  it('is 22 letters and digits and tells source and key apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (source, key) => {
        expect(storyId(source, key)).toMatch(/^[0-9A-Za-z]{22}$/);
      }),
    );
    expect(storyId('ab', 'c')).not.toBe(storyId('a', 'bc'));
  });
});
