import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codedEntityTag,
  datedTag,
  entityTag,
  hashText,
  isNotModified,
} from '../../../../lambdas/core/render/entity-tag.ts';

const etag = entityTag('body', 'text/plain');
const changed = Date.UTC(2026, 10, 22, 11, 30, 0, 900);
const lastModified = Date.UTC(2026, 10, 22, 11, 0, 0);
const matches = (ifNoneMatch: string | null, ifModifiedSince: string | null = null) =>
  isNotModified({ ifNoneMatch, ifModifiedSince }, { etags: [etag], lastModified, changed });

describe('entityTag', () => {
  it('is strong, and another for another body or media type', () => {
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(entityTag('body', 'text/plain')).toBe(etag);
    expect(entityTag('body ', 'text/plain')).not.toBe(etag);
    expect(entityTag('body', 'text/html')).not.toBe(etag);
    expect(codedEntityTag('"abc"', 'br')).toBe('"abc-br"');
  });
});

describe('isNotModified', () => {
  it.each([
    etag,
    `W/${etag}`,
    '*',
    ' * ',
    `"x", ${etag}`,
    `"x",W/${etag},"y"`,
    etag.replace(/"$/, '-gzip"'),
    etag.replace(/"$/, '-br"'),
  ])('is true for If-None-Match %s', (field) => {
    expect(matches(field)).toBe(true);
  });

  it.each([
    '',
    '"x"',
    etag.replaceAll('"', ''),
    `"${etag.slice(1, -2)}"`,
    '"',
    '*, "x"',
    etag.replace(/"$/, '-zstd"'),
  ])('is false for If-None-Match %j', (field) => {
    expect(matches(field)).toBe(false);
  });

  it.each([
    'Sun, 22 Nov 2026 11:00:00 GMT',
    'Sun, 22 Nov 2026 11:30:01 GMT',
    'Sunday, 22-Nov-26 11:00:00 GMT',
    'Sun Nov 22 11:00:00 2026',
    'Sat, 22 Nov 2036 11:00:00 GMT',
  ])('is true for If-Modified-Since %s', (field) => {
    expect(matches(null, field)).toBe(true);
  });

  it.each([
    'Sun, 22 Nov 2026 10:59:59 GMT',
    'Sun, 22 Nov 2026 11:00:01 GMT',
    'Sun, 22 Nov 2026 11:30:00 GMT',
    'yesterday',
    '',
    '2026',
    '0',
  ])('is false for If-Modified-Since %j', (field) => {
    expect(matches(null, field)).toBe(false);
  });

  it('lets If-None-Match decide alone', () => {
    expect(matches('"x"', 'Sat, 22 Nov 2036 11:00:00 GMT')).toBe(false);
    expect(matches(etag, 'Sun, 22 Nov 2020 11:00:00 GMT')).toBe(true);
  });

  it('is false without conditions, and for a date when the content has none', () => {
    expect(matches(null)).toBe(false);
    const conditions = { ifNoneMatch: null, ifModifiedSince: 'Sat, 22 Nov 2036 11:00:00 GMT' };
    expect(isNotModified(conditions, { etags: [etag], lastModified: null, changed: null })).toBe(false);
  });

  it('knows every tag of a representation', () => {
    const validators = { etags: ['"long"', '"short"'], lastModified: null, changed: null };
    for (const ifNoneMatch of ['"short"', 'W/"long"', '"x", "short-br"'])
      expect(isNotModified({ ifNoneMatch, ifModifiedSince: null }, validators)).toBe(true);
  });

  it('copes with a list of thousands of tags and with one that never ends', () => {
    expect(matches(`${'"x", '.repeat(5_000)}${etag}`)).toBe(true);
    expect(matches(`"${'x'.repeat(100_000)}`)).toBe(false);
  });
});

describe('hashText', () => {
  it('tells where one text ends and the next begins', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (a, b) => {
        expect(hashText(a, b)).not.toBe(hashText(a + b));
        expect(hashText(a, b)).not.toBe(hashText('', a + b));
      }),
    );
  });
});

describe('datedTag', () => {
  it('is a whole second within the hour before the change, the same for the same tag', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.string(), (at, tag) => {
        const dated = datedTag(at, tag);
        expect(Number.isInteger(dated / 1_000)).toBe(true);
        expect(at - dated).toBeGreaterThanOrEqual(0);
        expect(at - dated).toBeLessThanOrEqual(3_600_000);
        expect(datedTag(at, tag)).toBe(dated);
      }),
    );
  });

  it('is another date for nearly every other tag', () => {
    const dates = Array.from({ length: 200 }, (_, n) => datedTag(changed, `"${n}"`));
    expect(new Set(dates).size).toBeGreaterThan(180);
  });
});
