import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOf, packedCluster } from '../../../../lambdas/adapters/aws/cluster-codec.ts';
import { memberLine } from '../../../../lambdas/core/story/cluster-members.ts';
import { clusterMembersMax } from '../../../../lambdas/core/words/cluster.ts';
import { idOf, storyAt } from '../../../support/stories.ts';

const seenAt = '2026-11-20T12:00:00.000Z';

/** A full cluster of stories with texts, addresses and authors of the greatest length, all of these characters. */
const fullCluster = (letter: string) => {
  const authors = Array.from({ length: 10 }, (_, at) => `${letter.repeat(79)}${at}`);
  const members = Array.from({ length: clusterMembersMax }, (_, number) =>
    memberLine(
      storyAt(number, seenAt, {
        title: letter.repeat(512),
        summary: letter.repeat(1_000),
        url: `https://naval.example/${'a'.repeat(2_000)}${number}`,
        authors,
        cluster: idOf(0),
      }),
    ),
  );
  return { id: idOf(0), members, total: members.length, version: 1 };
};

describe("a cluster's row", () => {
  it.each(['a', 'ж', '機', '🛰'])(
    'can be read again when all of its members say %s and nothing else, for as long as may be',
    (letter) => {
      const cluster = fullCluster(letter);
      const read = clusterOf(cluster.id, packedCluster(cluster), cluster.version);
      expect(read.members.map(({ id }) => id)).toEqual(cluster.members.map(({ id }) => id));
    },
  );

  it('can be read again and stays small, whatever the texts', () => {
    const text = (maxLength: number) =>
      fc.oneof(
        fc.string({ unit: 'binary', maxLength }),
        fc.string({ unit: 'grapheme', maxLength: 2 }).map((part) => part.repeat(200).slice(0, maxLength)),
      );
    const member = fc.record({
      title: text(512),
      summary: text(1_000),
      authors: fc.array(text(80), { maxLength: 10 }),
    });
    fc.assert(
      fc.property(fc.array(member, { maxLength: clusterMembersMax }), (texts) => {
        const members = texts.map((parts, number) => memberLine(storyAt(number, seenAt, parts)));
        const row = packedCluster({ id: idOf(0), members, total: members.length, version: 1 });
        expect(row.length).toBeLessThanOrEqual(38_000);
        const ids = clusterOf(idOf(0), row, 1).members.map(({ id }) => id);
        expect(ids).toEqual(members.map(({ id }) => id).slice(0, ids.length));
      }),
      { numRuns: 60 },
    );
  });
});
