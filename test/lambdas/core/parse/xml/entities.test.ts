import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntities, withoutControls } from '../../../../../lambdas/core/parse/xml/entities.ts';
import { htmlEntities, legacyEntityNames } from '../../../../../lambdas/core/parse/xml/html-entities.ts';

describe('decodeEntities', () => {
  it.each([
    ['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
    ['&nbsp;&eacute;&Eacute;&mdash;&hellip;', '\u00a0éÉ—…'],
    ['&NotEqualTilde;', '≂̸'],
    ['&#65;&#x42;&#X43;&#068;', 'ABCD'],
    ['&#65 &#66', 'A B'],
    ['&#128;&#146;&#x96;', '€’–'],
    ['&#8;&#0;&#x1f;&#127;', ''],
    ['a&#10;b', 'a b'],
    ['&#xD800;&#x110000;&#99999999999999999999;&#xFFFE;', '\uFFFD\uFFFD\uFFFD\uFFFD'],
    ['&#x1F6A2;', '🚢'],
    ['&amp;amp;', '&amp;'],
    ['AT&T; R&D &; & &&amp;', 'AT&T; R&D &; & &&'],
    ['&foo; &__proto__; &constructor; &hasOwnProperty;', '&foo; &__proto__; &constructor; &hasOwnProperty;'],
    ['&copy 2024', '&copy 2024'],
    ['&#; &#x; &#xg;', '&#; &#x; &#xg;'],
  ])('reads %j as %j', (text, expected) => {
    expect(decodeEntities(text)).toBe(expected);
  });

  it('reads legacy names without semicolon only when asked, and not in query strings', () => {
    const html = { withoutSemicolon: true };
    expect(decodeEntities('&copy 2024 &amp&lt', html)).toBe('© 2024 &<');
    expect(decodeEntities('?a=1&copy=2&notit', html)).toBe('?a=1&copy=2&notit');
  });

  it('puts XML’s own before the document’s and the document’s before HTML’s', () => {
    const own = new Map([
      ['lt', 'x'],
      ['copy', 'c'],
      ['mod', 'Ministry &amp;'],
    ]);
    expect(decodeEntities('&lt;&copy;&mod;', { own })).toBe('<cMinistry &amp;');
  });

  it('undoes escaping', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        expect(decodeEntities(escaped)).toBe(text);
      }),
    );
  });
});

describe('the table of HTML', () => {
  it('is whole', () => {
    expect(htmlEntities.size).toBe(2_125);
    expect(legacyEntityNames.size).toBe(106);
    for (const name of legacyEntityNames) expect(htmlEntities.has(name)).toBe(true);
  });
});

describe('withoutControls', () => {
  it('keeps white space and everything a reader can see', () => {
    expect(withoutControls('a\tb\nc é 🚢 \u00a0')).toBe('a\tb\nc é 🚢 \u00a0');
  });
  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(withoutControls(withoutControls(text))).toBe(withoutControls(text));
      }),
    );
  });
});
