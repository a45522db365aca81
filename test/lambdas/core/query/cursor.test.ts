import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorAfter, positionFromCursor } from '../../../../lambdas/core/query/cursor.ts';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import { parameterNames, readStoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { catalogue, nowMs, storyId, tree } from '../../../support/serve-fixture.ts';

const vocabulary = queryVocabulary(tree, catalogue);
function bound(search: string, key = 'key') {
  const result = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  if (!result.ok) throw new Error(`Expected a good query, got ${JSON.stringify(result.problem)}`);
  return { query: result.value, key };
}
const position = { sortTime: '2026-11-22T11:00:00.000Z', id: storyId(1) };

describe('a cursor', () => {
  it('gives back its position, whatever it was', () => {
    const date = fc.date({ min: new Date(0), max: new Date(Date.UTC(2100, 0)), noInvalidDate: true });
    const id = fc.stringMatching(/^[0-9A-Za-z]{22,64}$/);
    fc.assert(
      fc.property(date, id, (at, value) => {
        const place = { sortTime: at.toISOString(), id: value };
        const cursor = cursorAfter(place, bound('topic=sea'));
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(positionFromCursor(cursor, bound('topic=sea'))).toEqual(place);
      }),
    );
  });

  it('is refused with any one character changed, left out or added', () => {
    const cursor = cursorAfter(position, bound(''));
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ';
    for (let at = 0; at < cursor.length; at += 1) {
      const [before, after] = [cursor.slice(0, at), cursor.slice(at + 1)];
      expect(positionFromCursor(before + after, bound(''))).toBeNull();
      for (const character of alphabet) {
        const changed = before + character + after;
        if (changed !== cursor) expect(positionFromCursor(changed, bound(''))).toBeNull();
        expect(positionFromCursor(before + character + cursor.slice(at), bound(''))).toBeNull();
      }
    }
  });

  it('is refused with any one byte changed', () => {
    const bytes = Buffer.from(cursorAfter(position, bound('')), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const forged = Buffer.from(bytes);
        forged[at] = (forged[at] ?? 0) ^ change;
        expect(positionFromCursor(forged.toString('base64url'), bound(''))).toBeNull();
      }),
    );
  });

  it('belongs to one query, in any order and with any limit, and to one key', () => {
    const cursor = cursorAfter(position, bound('topic=sea&country=AU&limit=10'));
    expect(positionFromCursor(cursor, bound('country=AU&topic=sea&limit=20'))).toEqual(position);
    expect(positionFromCursor(cursor, bound(`country=AU&topic=sea&cursor=${cursor}`))).toEqual(position);
    expect(positionFromCursor(cursor, bound('topic=sea'))).toBeNull();
    expect(positionFromCursor(cursor, bound('country=AU&topic=-sea'))).toBeNull();
    expect(positionFromCursor(cursor, bound('country=AU&topic=sea', 'another key'))).toBeNull();
  });

  it.each(['', 'A', 'AAAA', Buffer.from('{"pk":"SECRET"}').toString('base64url'), 'A'.repeat(10_000)])(
    'is not %j',
    (cursor) => {
      expect(positionFromCursor(cursor, bound(''))).toBeNull();
    },
  );
});
