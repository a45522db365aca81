import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../lambdas/core/words/entry.ts';
import { compareWithWindow, reopenWindow } from '../../../../lambdas/core/poll/seen-window.ts';

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

const whole = (entries: readonly Entry[]) => ({ entries, isWhole: true });
const unlistedDaysMax = 30;

describe('compareWithWindow', () => {
  it('counts every entry of a document exactly once as new, changed or known', () => {
    const document = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(document, document, (before, after) => {
        const entries = (rows: [number, number][]) => rows.map(([key, hash]) => entry(`k${key}`, `h${hash}`));
        const first = compareWithWindow([], whole(entries(before)), 100);
        const second = compareWithWindow(first.window, whole(entries(after)), 101);
        expect(second.fresh.length + second.changed.length + second.known).toBe(after.length);
        const keysBefore = new Set(before.map(([key]) => `k${key}`));
        expect(second.fresh.every((fresh) => !keysBefore.has(fresh.entry.key))).toBe(true);
      }),
    );
  });

  it('finds nothing and changes nothing when the same document comes again', () => {
    const entries = [entry('a'), entry('b')];
    const { window } = compareWithWindow([], whole(entries), 100);
    const again = compareWithWindow(window, whole(entries), 170);
    expect(again).toMatchObject({ fresh: [], changed: [], known: 2 });
    expect(again.window).toEqual(window);
  });

  it('does not announce again what was listed all the while, however long that was', () => {
    const { window } = compareWithWindow([], whole([entry('old')]), 100);
    const later = compareWithWindow(window, whole([entry('old'), entry('new')]), 100 + 10 * unlistedDaysMax);
    expect(later.fresh.map((fresh) => fresh.entry.key)).toEqual(['new']);
  });

  it('remembers an entry that left for thirty days, then forgets it', () => {
    const listed = compareWithWindow([], whole([entry('flickers'), entry('stays')]), 100).window;
    const left = compareWithWindow(listed, whole([entry('stays')]), 200).window;
    const back = (today: number) => {
      const between = compareWithWindow(left, whole([entry('stays'), entry('other')]), today - 1).window;
      return compareWithWindow(between, whole([entry('stays'), entry('flickers')]), today).fresh.map(
        (fresh) => fresh.entry.key,
      );
    };
    expect(back(200 + unlistedDaysMax)).toEqual([]);
    expect(back(202 + unlistedDaysMax)).toEqual(['flickers']);
  });

  it('tells on which day an entry that changed was handed on before', () => {
    const { window } = compareWithWindow([], whole([entry('a')]), 100);
    const edited = compareWithWindow(window, whole([entry('a', 'other'), entry('b')]), 130);
    expect(edited.changed.map((changed) => changed.handedDay)).toEqual([100]);
    expect(edited.fresh.map((fresh) => fresh.handedDay)).toEqual([null]);
  });

  it('takes what a cut-off document lacks for still listed', () => {
    const { window } = compareWithWindow([], whole([entry('a'), entry('b')]), 100);
    const cut = compareWithWindow(window, { entries: [entry('a')], isWhole: false }, 101);
    expect(cut.window.map((seen) => seen.leftDay)).toEqual([null, null]);
  });

  it('forgets nothing when a feed turns up empty once', () => {
    const { window } = compareWithWindow([], whole([entry('a'), entry('b')]), 100);
    const emptied = compareWithWindow(window, whole([]), 101);
    expect(compareWithWindow(emptied.window, whole([entry('a'), entry('b')]), 102).fresh).toEqual([]);
  });
});

describe('reopenWindow', () => {
  it('forgets only what was handed on since that day', () => {
    const old = compareWithWindow([], whole([entry('old')]), 100).window;
    const { window } = compareWithWindow(old, whole([entry('old'), entry('new')]), 105);
    expect(reopenWindow(window, 105).map((seen) => seen.key)).toEqual(['old']);
  });
});
