import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { leadOf } from '../../../../lambdas/core/cluster/lead.ts';
import type { StoryLine } from '../../../../lambdas/core/words/story.ts';
import { madeLine } from './made-lines.ts';

const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const lead = (members: readonly StoryLine[]): string | undefined =>
  leadOf({ id: 'x', members, total: members.length, version: 1 })?.id;
const original = {
  id: 'b',
  source: 's',
  kind: 'wire',
  lang: 'en',
  sortTime: at(3),
  lacks: [],
  adds: [],
} as const;

describe('the lead of a cluster', () => {
  it('is nobody in an empty one', () => {
    expect(lead([])).toBeUndefined();
  });

  it('is its own text before an earlier copy', () => {
    const copy = madeLine({ id: 'a', published: at(1), original });
    expect(lead([copy, madeLine({ id: 'b', published: at(3) })])).toBe('b');
  });

  it('is the official source that announces, not the one that answers a day later', () => {
    const first = madeLine({ id: 'a', published: at(1) });
    expect(lead([first, madeLine({ id: 'b', kind: 'official', published: at(4) })])).toBe('b');
    expect(lead([first, madeLine({ id: 'b', kind: 'official', published: at(23) })])).toBe('a');
  });

  it('is news before a digest or a live page', () => {
    const digest = madeLine({ id: 'a', published: at(1), marks: ['digest'] });
    expect(lead([digest, madeLine({ id: 'b', published: at(9) })])).toBe('b');
  });

  it('does not depend on the order of members', () => {
    const members = [1, 1, 2, 3].map((hour, index) => madeLine({ id: `m${index}`, published: at(hour) }));
    fc.assert(
      fc.property(fc.shuffledSubarray(members, { minLength: 4 }), (order) => {
        expect(lead(order)).toBe('m0');
      }),
    );
  });
});
