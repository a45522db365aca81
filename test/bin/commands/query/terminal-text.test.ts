import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableData, printableLine } from '../../../../bin/commands/query/terminal-text.ts';

describe('printableLine', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b[2J\u001b[Hcleared', 'cleared'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;owned\u0007title', 'title'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001bPq#0\u001b\\picture', 'picture'],
    ['\u001bcreset', 'reset'],
    ['cut \u001b]0;never ends', 'cut'],
    ['a\u0008\u0008b', 'a b'],
    ['one\r\ntwo\tthree\u2028four', 'one two three four'],
    ['ab\u202egnp.exe', 'abgnp.exe'],
    ['  spaces   within ', 'spaces within'],
    ['F-35: “ready” — 100 %', 'F-35: “ready” — 100 %'],
  ])('makes %j harmless', (text, printed) => {
    expect(printableLine(text)).toBe(printed);
  });

  it('leaves no control sign in any text', () => {
    const unit = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      'P',
      '\\',
      '\u0007',
      '\u009b',
      '3',
      'm',
      '\n',
      'é',
      '\u202e',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        expect(printableLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('printableData', () => {
  it('keeps tabs and line ends and shows other control signs', () => {
    expect(printableData('a\tb\r\n\u001b[31m\u009b\u007f')).toBe('a\tb\r\n\ufffd[31m\ufffd\ufffd');
  });
});
