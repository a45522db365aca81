import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutBoilerplate } from '../../../../lambdas/core/parse/boilerplate.ts';

describe('withoutBoilerplate', () => {
  it.each([
    ['The post Navy gets a ship appeared first on Harbour Gazette.', ''],
    ['Ships sail. The post Navy gets a ship appeared first on Harbour Gazette.', 'Ships sail.'],
    ['Ships sail. The post "What. Now?" first appeared on Harbour Gazette', 'Ships sail.'],
    ['Schiffe fahren. Der Beitrag Neue Schiffe erschien zuerst auf Hafenblatt.', 'Schiffe fahren.'],
    ['Les navires. L’article Navires est apparu en premier sur La Rade.', 'Les navires.'],
    ['Ships sail. This article was originally published by The Wire.', 'Ships sail.'],
    ['Ships sail […]', 'Ships sail…'],
    ['Ships sail [...]', 'Ships sail…'],
    ['Ships sail...', 'Ships sail…'],
    ['Ships sail. Continue reading Navy gets a ship →', 'Ships sail.'],
    ['Ships sail… Read More »', 'Ships sail…'],
    ['Ships sail. Read the full story here.', 'Ships sail.'],
    ['Ships sail. Click here to read more.', 'Ships sail.'],
    ['Ships sail (more…)', 'Ships sail'],
    ['Ships sail. Subscribe to our newsletter for more!', 'Ships sail.'],
    ['Ships sail. Read more The post A appeared first on B.', 'Ships sail.'],
    ['Ships sail. Log in to continue.', 'Ships sail.'],
    ['Ships sail. Already a subscriber? Sign in', 'Ships sail.'],
    ['Ships sail. This content is for subscribers only.', 'Ships sail.'],
    ['Ships sail. U.S. Navy photo by Petty Officer Ann Lee', 'Ships sail.'],
    ['Ships sail. (U.S. Navy photo by Ann Lee/Released)', 'Ships sail.'],
    ['Ships sail. (AP Photo/Ann Lee)', 'Ships sail.'],
    ['Ships sail. Photo: Ann Lee / Harbour', 'Ships sail.'],
    ['Ships sail. (Reporting by Ann Lee; Editing by Bo Ray)', 'Ships sail.'],
    ['Ships sail. © 2025 Harbour Gazette. All rights reserved.', 'Ships sail.'],
    ['Ships sail. Share this article Facebook Twitter', 'Ships sail.'],
    ['Ships sail. Facebook Twitter LinkedIn Email', 'Ships sail.'],
    ['Ships sail. Join our Telegram channel', 'Ships sail.'],
    ['[…]', ''],
    ['', ''],
  ])('makes %j into %j', (text, expected) => {
    expect(withoutBoilerplate(text)).toBe(expected);
  });

  it.each([
    'The post fell to rebels on Monday.',
    'He read more in the evening.',
    'Kyiv vowed to subscribe to the treaty.',
    'Ministers follow us on this road.',
    'The article of faith held. A ship first appeared off Sydney.',
    'Children who read more',
    'Troops keep reading maps.',
    'What we can see.',
    'He spoke. Join our forces, says the minister.',
    'The Navy photo by Sgt. Lee won a prize.',
    'A photo by Ann Lee that shows the ship won.',
    'The image (taken by a drone) shows the ship',
    'It was reported by the Harbour Gazette.',
    'The firm makes Facebook and Twitter.',
    'They share this burden.',
    'Copyright is the issue.',
    'To continue the talks, both sides met.',
    'This article of the treaty is for all members of the pact',
  ])('leaves %j alone', (text) => {
    expect(withoutBoilerplate(text)).toBe(text);
  });

  it('only ever takes from the end', () => {
    const words = fc.array(
      fc.constantFrom(
        'Read more',
        'The post',
        'appeared first on',
        'Ships',
        '.',
        '[…]',
        '…',
        'Continue reading',
        ' ',
        '(more)',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        words.map((parts) => parts.join(' ')),
        (text) => {
          expect(text.trim().startsWith(withoutBoilerplate(text).replace(/…$/, ''))).toBe(true);
        },
      ),
    );
  });

  it('ends on texts made of nothing else', () => {
    for (const part of [
      'The post ',
      'Read more ',
      '[...] ',
      'Continue reading ',
      'This post appeared ',
      ' ',
      '"',
    ]) {
      expect(withoutBoilerplate(part.repeat(100_000)).length).toBeLessThanOrEqual(part.length * 100_000);
    }
  });
});
