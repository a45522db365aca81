import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../../lambdas/core/parse/decode.ts';
import { decodeWindows1252 } from '../../../../lambdas/core/parse/windows-1252.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): Buffer => Buffer.from(text);
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string, littleEndian: boolean): Buffer => {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, at) => {
    if (littleEndian) bytes.writeUInt32LE(point, at * 4);
    else bytes.writeUInt32BE(point, at * 4);
  });
  return bytes;
};
const declared = (label: string, body: Buffer): Buffer =>
  Buffer.concat([latin1(`<?xml version="1.0" encoding="${label}"?><t>`), body, latin1('</t>')]);
const textOf = (bytes: Uint8Array, contentType: string | null = null): string => {
  const decoded = decodeDocument(bytes, contentType);
  return 'text' in decoded ? decoded.text : `unknown: ${decoded.unknownLabel}`;
};

describe('decodeDocument', () => {
  const xml = '<?xml version="1.0"?><t>Żółć 🚢</t>';

  it.each([
    ['UTF-8', utf8(xml)],
    ['UTF-8 with a mark', utf8(`\uFEFF${xml}`)],
    ['UTF-8 with two marks', utf8(`\uFEFF\uFEFF${xml}`)],
    ['UTF-16LE with a mark', Buffer.from(`\uFEFF${xml}`, 'utf16le')],
    ['UTF-16BE with a mark', utf16be(`\uFEFF${xml}`)],
    ['UTF-16LE without a mark', Buffer.from(xml, 'utf16le')],
    ['UTF-16BE without a mark', utf16be(xml)],
    ['UTF-32LE with a mark', utf32(`\uFEFF${xml}`, true)],
    ['UTF-32BE with a mark', utf32(`\uFEFF${xml}`, false)],
    ['UTF-32LE without a mark', utf32(xml, true)],
    ['UTF-32BE without a mark', utf32(xml, false)],
  ])('reads %s', (_, bytes) => {
    expect(textOf(bytes)).toBe(xml);
    expect(textOf(bytes, 'text/xml; charset=iso-8859-1')).toBe(xml);
  });

  it.each([
    ['windows-1251', [0xd4, 0xeb, 0xee, 0xf2], 'Флот'],
    ['koi8-r', [0xe6, 0xcc, 0xcf, 0xd4], 'Флот'],
    ['iso-8859-2', [0xaf, 0xf3, 0xb3, 0xe6], 'Żółć'],
    ['Shift_JIS', [0x93, 0xfa, 0x96, 0x7b], '日本'],
    ['euc-jp', [0xc6, 0xfc, 0xcb, 0xdc], '日本'],
    ['gb18030', [0xd6, 0xd0, 0xb9, 0xfa], '中国'],
    ['big5', [0xa4, 0xa4, 0xb0, 0xea], '中國'],
    ['euc-kr', [0xc7, 0xd1, 0xb1, 0xb9], '한국'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
    ['iso-8859-1', [0x93, 0x92, 0x80, 0x85], '“’€…'],
    ['us-ascii', [0x96], '–'],
  ])('reads %s by the XML declaration and by the Content-Type', (label, bytes, text) => {
    expect(textOf(declared(label, Buffer.from(bytes)))).toContain(`<t>${text}</t>`);
    expect(textOf(Buffer.from([0x3c, ...bytes]), `text/xml; charset="${label}"`)).toBe(`<${text}`);
  });

  it('trusts the Content-Type before the XML declaration', () => {
    expect(
      textOf(declared('koi8-r', Buffer.from([0xd4, 0xeb, 0xee, 0xf2])), 'text/xml;charset=windows-1251'),
    ).toContain('Флот');
  });

  it('trusts valid UTF-8 before any label and notes it', () => {
    const decoded = decodeDocument(declared('iso-8859-1', utf8('Żółć')), 'text/xml; charset=iso-8859-1');
    expect(decoded).toMatchObject({
      charset: 'utf-8',
      problems: [{ code: 'charset-overruled' }],
      text: expect.stringContaining('Żółć'),
    });
  });

  it('trusts a two-byte label when the bytes are UTF-8 by chance', () => {
    // The two characters that made Notepad famous: in GBK they are also valid UTF-8.
    expect(textOf(declared('gb2312', Buffer.from([0xc1, 0xaa, 0xcd, 0xa8])))).toContain('联通');
  });

  it('reads windows-1252 when nothing is declared and the bytes are not UTF-8', () => {
    expect(decodeDocument(latin1('<t>\x93Caf\xe9\x94</t>'), null)).toMatchObject({
      text: '<t>“Café”</t>',
      charset: 'windows-1252',
      problems: [{ code: 'charset-guessed' }],
    });
  });

  it('keeps UTF-8 with a few broken bytes UTF-8', () => {
    const bytes = Buffer.concat([utf8('<t>Żółć naczelna'), Buffer.from([0xc5]), utf8('</t>')]);
    expect(decodeDocument(bytes, null)).toMatchObject({
      text: '<t>Żółć naczelna\uFFFD</t>',
      problems: [{ code: 'charset-lossy' }],
    });
  });

  it('ignores a label nobody knows when the bytes are UTF-8, and names it when they are not', () => {
    expect(textOf(declared('x-bogus', utf8('Ż')))).toContain('Ż');
    expect(textOf(declared('x-bogus', latin1('\xe9')))).toBe('unknown: x-bogus');
  });

  it.each([
    [Buffer.from([])],
    [Buffer.from([0xff])],
    [Buffer.from([0xff, 0xfe])],
    [Buffer.from([0xff, 0xfe, 0x3c])],
    [Buffer.from([0, 0, 0, 0])],
    [Buffer.from([0xff, 0xfe, 0, 0, 1])],
  ])('gives text for %j', (bytes) => {
    expect(typeof textOf(bytes)).toBe('string');
  });
});

describe('decodeWindows1252', () => {
  it('gives no control character for the bytes 0x80 to 0x9F', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at);
    const text = decodeWindows1252(bytes);
    expect(text).toHaveLength(32);
    expect(text).toMatch(/^€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ$/);
  });

  it('gives Latin-1 for all other bytes', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at).filter(
      (byte) => byte < 0x80 || byte > 0x9f,
    );
    expect(decodeWindows1252(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
  });
});
