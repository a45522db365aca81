import { describe, expect, it } from 'vitest';
import { prefersPage } from '../../../../lambdas/core/render/preferred-form.ts';
import { browserAccepts, readerAccepts } from '../../../support/accept-fields.ts';

describe('prefersPage', () => {
  it.each(browserAccepts)('is true for a browser: %s', (accept) => {
    expect(prefersPage(accept)).toBe(true);
  });

  it.each(readerAccepts)('is false for a reader and for what cannot be read: %s', (accept) => {
    expect(prefersPage(accept)).toBe(false);
  });

  it('is false without an Accept', () => {
    expect(prefersPage(null)).toBe(false);
  });
});
