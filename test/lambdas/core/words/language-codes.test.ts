import { expect, test } from 'vitest';
import { isLanguageTag, languageCodes } from '../../../../lambdas/core/words/language-codes.ts';

test.each(['en', 'uk', 'pt-BR'])('%s is a language', (tag) => {
  expect(isLanguageTag(tag)).toBe(true);
});

test.each(['', 'EN', 'xx', 'english', 'en_US', 'en-us', 'e'])('%s is none', (tag) => {
  expect(isLanguageTag(tag)).toBe(false);
});

test('has two-letter codes only', () => {
  for (const code of languageCodes) expect(code).toMatch(/^[a-z]{2}$/);
  expect(languageCodes.size).toBeGreaterThan(180);
});
