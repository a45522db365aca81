import { expect, test } from 'vitest';
import { countryCodes, isPublisherCountry } from '../../../../lambdas/core/words/country-codes.ts';

test('has the 249 codes of ISO 3166-1, and Kosovo', () => {
  expect(countryCodes.size).toBe(250);
  for (const code of ['XK', 'PS', 'TW', 'TV', 'US']) expect(countryCodes.has(code)).toBe(true);
  for (const code of ['UK', 'EU', 'us', 'INT', '']) expect(countryCodes.has(code)).toBe(false);
});

test('a publisher may also be international', () => {
  expect(isPublisherCountry('INT')).toBe(true);
  expect(isPublisherCountry('XX')).toBe(false);
});
