import { describe, expect, it } from 'vitest';
import {
  canonicalName,
  outermostScope,
  scopeWithin,
} from '../../../../../lambdas/core/parse/xml/namespaces.ts';

const atom = 'http://www.w3.org/2005/Atom';
const dc = 'http://purl.org/dc/elements/1.1/';
const scoped = (attributes: Record<string, string>, isRoot = false) =>
  scopeWithin(outermostScope, new Map(Object.entries(attributes)), isRoot);

describe('names', () => {
  it.each([
    ['title', {}, 'title'],
    ['dc:creator', {}, 'dc:creator'],
    ['a10:updated', {}, 'updated'],
    ['foo:title', {}, '?:title'],
    ['d:creator', { 'xmlns:d': dc }, 'dc:creator'],
    ['dc:encoded', { 'xmlns:dc': 'http://purl.org/rss/1.0/modules/content/' }, 'content:encoded'],
    ['a:feed', { 'xmlns:a': atom }, 'feed'],
    ['media:title', { 'xmlns:media': 'http://search.yahoo.com/mrss' }, 'media:title'],
    ['dc:title', { 'xmlns:dc': 'urn:something-else' }, '?:title'],
    ['title', { xmlns: 'urn:something-else' }, '?:title'],
    ['div', { xmlns: 'http://www.w3.org/1999/xhtml' }, 'xhtml:div'],
  ])('%s under %j is %s', (name, attributes, canonical) => {
    expect(canonicalName(name, scoped(attributes))).toBe(canonical);
  });

  it('take an unknown default namespace of the root for the core vocabulary', () => {
    expect(canonicalName('title', scoped({ xmlns: 'http://example.org/my-rss' }, true))).toBe('title');
  });
});

describe('scopes', () => {
  it('are shared where nothing is declared', () => {
    expect(scoped({ href: 'x' })).toBe(outermostScope);
  });
  it('do not leak out of the element', () => {
    scoped({ 'xmlns:dc': atom });
    expect(canonicalName('dc:creator', outermostScope)).toBe('dc:creator');
  });
  it('are bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`xmlns:p${i}`, dc]));
    expect(scoped(many).size).toBeLessThanOrEqual(64);
  });
});
