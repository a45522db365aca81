import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  htmlText,
  singleLine,
  wellFormedText,
  xmlElement,
  xmlText,
} from '../../../../lambdas/core/render/xml-text.ts';
import { parseXml } from '../../../support/parse-xml.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const loneSurrogate = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
const hostile = fc
  .array(
    fc.oneof(
      anyText,
      loneSurrogate,
      fc.constantFrom(']]>', '<!--', '&#0;', '\u0000', '\ufffe', '\r\n', '"', "'", '𝕏'),
    ),
  )
  .map((parts) => parts.join(''));

describe('wellFormedText', () => {
  it('removes what XML cannot hold and lone surrogates, and nothing else', () => {
    expect(wellFormedText('a\u0000b\u001f\ufffe\uffff\ud83dc\udc00d\t\n\r\u007f𝕏')).toBe('abcd\t\n\r\u007f𝕏');
  });
});

describe('singleLine', () => {
  it('joins lines and trims', () => {
    expect(singleLine('  a\r\n\t b\u00a0c\u2028d ')).toBe('a b c d');
  });
});

describe('xmlText', () => {
  it('writes markup as hexadecimal references', () => {
    expect(xmlText(`<a href="x">'&'</a>\r`)).toBe(
      '&#x3C;a href=&#x22;x&#x22;&#x3E;&#x27;&#x26;&#x27;&#x3C;/a&#x3E;&#xD;',
    );
  });

  it('reads back from a strict parser as the well-formed text it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(parseXml(`<a>${xmlText(text)}</a>`).text).toBe(wellFormedText(text));
      }),
    );
  });
});

describe('xmlElement', () => {
  it('reads back from a strict parser, attributes on one line', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, value) => {
        const element = parseXml(xmlElement('a', text, { b: value, c: null }));
        expect(element.text).toBe(wellFormedText(text));
        expect([...element.attributes]).toEqual([['b', singleLine(value)]]);
      }),
    );
  });
});

describe('htmlText', () => {
  it('leaves nothing that HTML could read as markup', () => {
    expect(htmlText('1 < 2 & "<script>"')).toBe('1 &lt; 2 &amp; "&lt;script&gt;"');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(htmlText(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });
});
