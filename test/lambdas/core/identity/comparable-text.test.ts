import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableText, isSameText } from '../../../../lambdas/core/identity/comparable-text.ts';

const text = 'The ministry said on Monday that 12 ships will sail - "soon", it added.';

describe('comparableText', () => {
  it.each([
    ['white space', ` ${text.replaceAll(' ', '\u00a0 ')}\n`],
    ['line ends', text.replace(' on', '\non')],
    ['kinds of quotes', text.replaceAll('"', '“')],
    ['kinds of dashes', text.replace(' - ', '—')],
    ['an entity that was left', text.replaceAll('"', '&quot;')],
    ['an entity that was left twice', text.replaceAll('"', '&amp;quot;')],
    ['an entity that was left three times', text.replaceAll('"', '&amp;amp;quot;')],
    ['soft hyphens and zero-width spaces', text.replace('ministry', 'mini\u00adstry\u200b')],
    ['composition', text.normalize('NFD')],
    ['an ellipsis at the end', text.replace(/\.$/, '…')],
    ['an ellipsis in brackets', text.replace(/\.$/, ' [&hellip;]')],
    ['three dots at the end', text.replace(/\.$/, '...')],
    ['comments', `${text} 12 comments`],
    ['comments in brackets', `${text} (1,204 comments)`],
    ['no comments', `${text} | No comments`],
    ['a call for comments', `${text}\nLeave a comment`],
    ['views and shares', `3.4k views · 12 shares · ${text}`],
    ['a labelled counter', `${text}\nComments: 7`],
    ['time since the update', `${text} Updated 5 min ago`],
    ['the time of the update', `Last updated: Mon 20 Nov 2026 14:05 GMT\n${text}`],
    ['time since publication', `3 hours ago | ${text}`],
    ['days since publication', `${text} · 2 days ago`],
    ['reading time', `${text} 4 min read`],
    ['estimated reading time', `Estimated reading time: 6 minutes\n${text}`],
  ])('does not mind %s', (_, other) => {
    expect(comparableText(other)).toBe(comparableText(text));
  });

  it('does not mind any of these together, whatever the words are', () => {
    const word = fc.constantFrom(
      'Navy',
      'orders',
      '12',
      'F-35',
      'ships',
      '"Vanguard"',
      "crew's",
      'mid-life',
      'café',
      'and',
      'AT&T',
    );
    const cosmetic = fc.constantFrom<(plain: string) => string>(
      (plain) => plain.replaceAll(' ', '  '),
      (plain) => plain.replaceAll("'", '’').replaceAll('"', '”'),
      (plain) => plain.replaceAll('-', '‑'),
      (plain) => plain.normalize('NFD'),
      (plain) => plain.replaceAll('&', '&amp;').replaceAll('"', '&#34;'),
      (plain) => `${plain}…`,
      (plain) => `${plain}. 17 comments`,
      (plain) => `${plain} | Updated 12 min ago`,
      (plain) => `${plain}\n3 min read`,
      (plain) => `2 hours ago · ${plain}`,
    );
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.array(cosmetic, { maxLength: 3 }),
        (words, changes) => {
          const plain = words.join(' ');
          const changed = changes.reduce((so, change) => change(so), plain);
          expect(comparableText(changed)).toBe(comparableText(plain));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a number', text.replace('12', '13')],
    ['a word', text.replace('ships', 'boats')],
    ['case', text.replace('ministry', 'Ministry')],
    ['a day', text.replace('Monday', 'Tuesday')],
    ['an accent', text.replace('ministry', 'mínistry')],
  ])('minds %s', (_, other) => {
    expect(comparableText(other)).not.toBe(comparableText(text));
  });

  it.each([
    ['The yard has built 12 shares of the hull', 'The yard has built 13 shares of the hull'],
    ['The crew waited 3 days ago of the harbour', 'The crew waited 4 days ago of the harbour'],
    ['He holds that 2 views exist', 'He holds that 3 views exist'],
    ['Updated radar for 12 ships ordered', 'Updated radar for 14 ships ordered'],
    ['The house passed it. 52 votes', 'The house passed it. 51 votes'],
  ])('minds a number inside a sentence: %s', (one, other) => {
    expect(comparableText(one)).not.toBe(comparableText(other));
  });

  it('gives text for anything, as linear as it is long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (any) => {
        expect(typeof comparableText(any)).toBe('string');
      }),
    );
    for (const piece of ['1 ', 'updated 1 ', '. ', '1,', '- ', '…', '(1 comments', '&amp;']) {
      expect(comparableText(piece.repeat(50_000)).length).toBeLessThanOrEqual(50_000 * piece.length);
    }
  });
});

describe('isSameText', () => {
  it('takes a text that is cut elsewhere for the same', () => {
    const whole =
      'The frigate was handed over to the navy on Monday after a year of trials at sea, the yard said.';
    expect(isSameText(`${whole.slice(0, 50)}…`, whole)).toBe(true);
    expect(isSameText(`${whole.slice(0, 50)}...`, `${whole.slice(0, 71)} [&hellip;]`)).toBe(true);
    expect(isSameText(`${whole.slice(0, 50)}…`, whole.replace('frigate', 'corvette'))).toBe(false);
  });

  it('takes a text that only begins like another, or is cut to nothing, for another', () => {
    expect(isSameText('Navy orders ships', 'Navy orders ships and crews for them')).toBe(false);
    expect(isSameText('Navy…', 'Navy orders ships and crews for them')).toBe(false);
  });
});
