import type { SeenEntry } from '../poll/feed-state.ts';
import { hashParts } from './identity.ts';

/** Where the entries of a window are found by what they looked like; those that are still listed come first. */
export interface WindowIndex {
  readonly byKey: ReadonlyMap<string, SeenEntry>;
  readonly byHash: ReadonlyMap<string, readonly SeenEntry[]>;
  readonly byPage: ReadonlyMap<string, readonly SeenEntry[]>;
  readonly byText: ReadonlyMap<string, readonly SeenEntry[]>;
  readonly byTitle: ReadonlyMap<string, readonly SeenEntry[]>;
  /** Some entries have hashes of the first version. */
  readonly hasFormer: boolean;
}

export function windowIndex(window: readonly SeenEntry[]): WindowIndex {
  const listedFirst = [...window].sort(
    (one, other) => Number(one.leftDay !== null) - Number(other.leftDay !== null),
  );
  const parted = listedFirst.flatMap((seen) => {
    const parts = hashParts(seen.hash);
    return parts === null ? [] : [{ seen, parts }];
  });
  const grouped = (keyOf: (parts: NonNullable<ReturnType<typeof hashParts>>) => string) =>
    group(parted.map(({ seen, parts }) => [keyOf(parts), seen] as const));
  return {
    byKey: new Map(window.map((seen) => [seen.key, seen])),
    byHash: group(listedFirst.map((seen) => [seen.hash, seen] as const)),
    byPage: grouped(({ page }) => page),
    byText: grouped(({ title, summary }) => title + summary),
    byTitle: grouped(({ title }) => title),
    hasFormer: parted.length < window.length,
  };
}

function group(pairs: readonly (readonly [string, SeenEntry])[]): Map<string, SeenEntry[]> {
  const groups = new Map<string, SeenEntry[]>();
  for (const [key, seen] of pairs) {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [seen]);
    else known.push(seen);
  }
  return groups;
}
