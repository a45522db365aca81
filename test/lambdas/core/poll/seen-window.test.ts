import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../lambdas/core/words/entry.ts';
import {
  compareWithWindow,
  reopenWindow,
  unlistedDaysMax,
} from '../../../../lambdas/core/poll/seen-window.ts';

const entry = (key: string, hash = `hash of ${key}`): Entry => ({
  key,
  hash,
  title: key,
  url: null,
  published: null,
  updated: null,
  summary: '',
  authors: [],
  categories: [],
  lang: 'en',
});

describe('compareWithWindow', () => {
  it('counts every entry of a document exactly once as new, changed or known', () => {
    const document = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(document, document, (before, after) => {
        const entries = (rows: [number, number][]) => rows.map(([key, hash]) => entry(`k${key}`, `h${hash}`));
        const first = compareWithWindow([], entries(before), 100);
        const second = compareWithWindow(first.window, entries(after), 101);
        expect(second.fresh.length + second.changed.length + second.known).toBe(after.length);
        const keysBefore = new Set(before.map(([key]) => `k${key}`));
        expect(second.fresh.every((fresh) => !keysBefore.has(fresh.key))).toBe(true);
      }),
    );
  });

  it('finds nothing and changes nothing when the same document comes again', () => {
    const entries = [entry('a'), entry('b')];
    const { window } = compareWithWindow([], entries, 100);
    const again = compareWithWindow(window, entries, 170);
    expect(again).toMatchObject({ fresh: [], changed: [], known: 2 });
    expect(again.window).toEqual(window);
  });

  it('does not announce again what was listed all the while, however long that was', () => {
    const { window } = compareWithWindow([], [entry('old')], 100);
    const later = compareWithWindow(window, [entry('old'), entry('new')], 100 + 10 * unlistedDaysMax);
    expect(later.fresh.map((fresh) => fresh.key)).toEqual(['new']);
  });

  it('remembers an entry that left for thirty days, then forgets it', () => {
    const listed = compareWithWindow([], [entry('flickers'), entry('stays')], 100).window;
    const left = compareWithWindow(listed, [entry('stays')], 200).window;
    const back = (today: number) => {
      const between = compareWithWindow(left, [entry('stays'), entry('other')], today - 1).window;
      return compareWithWindow(between, [entry('stays'), entry('flickers')], today).fresh.map(
        (fresh) => fresh.key,
      );
    };
    expect(back(200 + unlistedDaysMax)).toEqual([]);
    expect(back(202 + unlistedDaysMax)).toEqual(['flickers']);
  });

  it('forgets nothing when a feed turns up empty once', () => {
    const { window } = compareWithWindow([], [entry('a'), entry('b')], 100);
    const emptied = compareWithWindow(window, [], 101);
    expect(compareWithWindow(emptied.window, [entry('a'), entry('b')], 102).fresh).toEqual([]);
  });
});

describe('reopenWindow', () => {
  it('forgets only what was handed on since that day', () => {
    const old = compareWithWindow([], [entry('old')], 100).window;
    const { window } = compareWithWindow(old, [entry('old'), entry('new')], 105);
    expect(reopenWindow(window, 105).map((seen) => seen.key)).toEqual(['old']);
  });
});
