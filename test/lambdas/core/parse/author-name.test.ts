import { describe, expect, it } from 'vitest';
import { authorName } from '../../../../lambdas/core/parse/author-name.ts';

describe('authorName', () => {
  it.each([
    ['ann@example.org (Ann Lee)', 'Ann Lee'],
    ['Ann Lee <ann@example.org>', 'Ann Lee'],
    ['"Lee, Ann" <ann@example.org>', 'Lee, Ann'],
    ['Ann Lee (ann@example.org)', 'Ann Lee'],
    ['Ann Lee, ann@example.org', 'Ann Lee'],
    ['ann@example.org - Ann Lee', 'Ann Lee'],
    ['ann.lee+news@mail.example.industries (Ann Größe-Lee)', 'Ann Größe-Lee'],
    ['ann@example.org (Ann Lee (Navy desk))', 'Ann Lee (Navy desk)'],
    ['Ann Lee (Navy desk) <mailto:ann@example.org>', 'Ann Lee (Navy desk)'],
    ['ann@example.org (Ann Lee), bob@example.org (Bob Ray)', 'Ann Lee, Bob Ray'],
    ['Ann Lee <ann@example.org>, Bob Ray <bob@example.org>', 'Ann Lee, Bob Ray'],
    ['ann@example.org, bob@example.org', 'ann@example.org, bob@example.org'],
    ['Ann Lee (@ann@social.example)', 'Ann Lee (@ann@social.example)'],
    ['https://ann@example.org/about', 'https://ann@example.org/about'],
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
