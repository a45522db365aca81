import { describe, expect, it } from 'vitest';
import { TagEnds } from '../../../../../lambdas/core/parse/xml/tag-end.ts';

/** What stands behind the first tag of a text whose name ends at 2. */
function rest(text: string): string | null {
  const end = new TagEnds(text).at(2);
  return end < 0 ? null : text.slice(end + 1);
}

describe('TagEnds', () => {
  it.each([
    ['<a>x', 'x'],
    ['<a b="c">x', 'x'],
    ['<a b=">">x', 'x'],
    ["<a b='<i>y</i>'>x", 'x'],
    ['<a b="<i>" c="<i>">x', 'x'],
    ["<a b='it\"s'>x", 'x'],
    ['<a b="unclosed>x', 'x'],
    ['<a b="unclosed>x <i c="d">', 'x <i c="d">'],
    ["<a b=it's>x", 'x'],
    ['<a b=c/>x', 'x'],
    ['<a', null],
    ['<a <b>', null],
    ['<a b="', null],
    ['<a b=" <i c=" <i c=" <i c=" <i c=" <i c=" >', null],
  ])('ends the tag of %j before %j', (text, expected) => {
    expect(rest(text)).toBe(expected);
  });
});
