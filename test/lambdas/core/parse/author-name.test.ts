import { describe, expect, it } from 'vitest';
import { authorName } from '../../../../lambdas/core/parse/author-name.ts';

describe('authorName', () => {
  it.each([
    ['ann@example.org (Ann Lee)', 'Ann Lee'],
    ['Ann Lee <ann@example.org>', 'Ann Lee'],
    ['"Lee, Ann" <ann@example.org>', 'Lee, Ann'],
    ['mailto:ann@example.org', 'ann@example.org'],
    ['ann@example.org', 'ann@example.org'],
    ['ann@example.org ()', 'ann@example.org ()'],
    [' Ann Lee ', 'Ann Lee'],
    ['Ann Lee @annlee', 'Ann Lee @annlee'],
    ['', ''],
  ])('reads %j as %j', (text, name) => {
    expect(authorName(text)).toBe(name);
  });

  it('does not look into what is too long to be an author', () => {
    const text = 'a@b ('.repeat(100_000);
    expect(authorName(text)).toBe(text.trim());
  });
});
