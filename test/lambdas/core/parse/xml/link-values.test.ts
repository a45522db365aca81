import { describe, expect, it } from 'vitest';
import { linkFromId, linkOf, type RankedLink } from '../../../../../lambdas/core/parse/xml/link-values.ts';

const attributes = (values: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(values));
const atom = (values: Readonly<Record<string, string>>): RankedLink | null =>
  linkOf('', attributes(values), false);

/** The addresses in the order in which they are preferred. */
function preferred(links: readonly (RankedLink | null)[]): readonly string[] {
  const found = links.filter((link) => link !== null);
  return found.sort((a, b) => a.rank - b.rank).map(({ href }) => href);
}

describe('linkOf', () => {
  it('prefers text, then HTML, then no type, then a prefixed link, then an id, then another type, then the entry itself', () => {
    const links = [
      atom({ href: 'self', rel: 'self', type: 'text/html' }),
      atom({ href: 'json', type: 'application/json' }),
      linkFromId('https://example.org/id', attributes({})),
      linkOf('', attributes({ href: 'prefixed' }), true),
      linkOf('', attributes({ href: 'prefixed html', type: 'text/html' }), true),
      atom({ href: 'untyped' }),
      atom({ href: 'html', type: 'Text/HTML; charset=utf-8', rel: 'alternate' }),
      linkOf('text', attributes({ href: 'not this' }), false),
    ];
    expect(preferred(links)).toEqual([
      'text',
      'html',
      'untyped',
      'prefixed html',
      'prefixed',
      'https://example.org/id',
      'json',
      'self',
    ]);
  });

  it.each([
    [{ href: 'a.mp3', rel: 'enclosure' }],
    [{ href: 'a', rel: 'replies', type: 'text/html' }],
    [{ href: 'a', rel: 'self' }],
    [{ href: 'a.atom', rel: 'self', type: 'application/atom+xml' }],
    [{ rel: 'alternate' }],
    [{}],
  ])('finds no page in %j', (values) => {
    expect(atom(values)).toBeNull();
  });

  it.each([' ALTERNATE ', 'http://www.iana.org/assignments/relation/alternate'])(
    'reads the relation %j',
    (rel) => {
      expect(atom({ href: 'a', rel })).not.toBeNull();
    },
  );
});

describe('linkFromId', () => {
  it.each([
    ['https://example.org/1', {}, true],
    ['/1', { ispermalink: 'TRUE' }, true],
    ['https://example.org/1', { ispermalink: 'false' }, false],
    ['t3_abc', {}, false],
    ['12345', { ispermalink: 'true' }, false],
    ['tag:example.org,2025:1', {}, false],
    ['https://example .org/1', {}, true],
    ['https:// example.org/1', {}, false],
  ])('says of %j with %j: a page, %s', (id, values, isPage) => {
    expect(linkFromId(id, attributes(values)) !== null).toBe(isPage);
  });
});
