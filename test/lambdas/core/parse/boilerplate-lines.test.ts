import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutBoilerplateLines } from '../../../../lambdas/core/parse/boilerplate-lines.ts';

describe('withoutBoilerplateLines', () => {
  it.each([
    'Share this article',
    'Share on Facebook',
    'Like Loading...',
    'Advertisement',
    'Story continues below advertisement',
    'Related stories',
    'Read also: Another ship leaves',
    'Tags: Navy, Ships',
    'Leave a comment',
    'Subscribe to our newsletter',
    'Subscribe',
    'Sign up for our daily email.',
    'Log in to read on',
    'Already a subscriber? Log in',
    'To continue reading, please register.',
    'This content is for subscribers only.',
    'Get the Harbour newsletter in your inbox',
    'Follow us on Telegram',
    'Support our journalism today',
    '© 2025 Harbour Gazette. All rights reserved.',
    'Photo by Ann Lee',
    'U.S. Navy photo by Petty Officer 2nd Class Ann Lee',
    'Photo: Ann Lee/Reuters',
    'Image credit: Ministry of Defence',
    '(Courtesy photo)',
    'Continue reading',
  ])('drops the line %j', (line) => {
    expect(withoutBoilerplateLines(`${line}\nThe ship left.\n${line}`)).toBe('The ship left.');
  });

  it.each([
    'Subscribe to the treaty, ministers were told.',
    'Sign up deadline passes for recruits',
    'Support our troops, he said.',
    'Become a member of NATO: Finland did.',
    'Already a member of the pact, it asked for more.',
    'Join our forces, says the minister.',
    'Photo shows the ship at sea.',
    'Video by a drone shows tanks that burn.',
    'Images of the port were released',
    'Credit for the rescue goes to the crew.',
    'Related to the crash is a second case.',
    'Print is dead, the editor said.',
    'Copyright law is to change.',
    'Share prices of shipyards rose.',
    'Categories of ships are to be cut',
    'Follow the money, the auditors say.',
    'Read the treaty before you sign it.',
  ])('keeps the line %j', (line) => {
    expect(withoutBoilerplateLines(`The ship left.\n${line}`)).toBe(`The ship left.\n${line}`);
  });

  it('drops buttons where there are several, and keeps what may be a heading', () => {
    expect(withoutBoilerplateLines('Facebook\nTwitter\nThe ship left.\nEmail | Print')).toBe(
      'The ship left.',
    );
    expect(withoutBoilerplateLines('Facebook\nThe firm was fined.')).toBe('Facebook\nThe firm was fined.');
  });

  it('leaves a text of one line, and one of nothing else, as it is', () => {
    expect(withoutBoilerplateLines('Subscribe')).toBe('Subscribe');
    expect(withoutBoilerplateLines('Subscribe\nFollow us on Telegram')).toBe(
      'Subscribe\nFollow us on Telegram',
    );
  });

  it('keeps lines whole and in order', () => {
    const line = fc.constantFrom(
      'Subscribe',
      'The ship left.',
      'Twitter',
      'Photo by Ann',
      '',
      'Tags: a',
      'x',
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (all) => {
        const kept = withoutBoilerplateLines(all.join('\n')).split('\n');
        let at = 0;
        for (const each of all) if (each === kept[at]) at += 1;
        expect(at).toBe(kept.length);
        expect(kept.filter((each) => each === 'The ship left.')).toEqual(
          all.filter((each) => each === 'The ship left.'),
        );
      }),
    );
  });
});
