import type { Assignment, Cluster, Clusterer } from '../../lambdas/core/words/cluster.ts';
import { clusterMembersMax } from '../../lambdas/core/words/cluster.ts';
import type { StoryLine } from '../../lambdas/core/words/story.ts';

/** What one arrival cost. */
export interface ArrivalWork {
  readonly candidates: number;
  readonly related: number;
  readonly moves: number;
  readonly placeMs: number;
  readonly keysMs: number;
}

const windowMs = 7 * 86_400_000;

/** How many of the announced keys count, and the candidates that are read under one key: the nearest in time to the newcomer. */
export interface LoopLimits {
  readonly announcedMax: number;
  readonly perKeyMax: number;
}

/** Ingest of stories into memory, one after the other, as the pipeline does it with its tables. */
export class ClusterLoop {
  readonly lines = new Map<string, StoryLine>();
  readonly work: ArrivalWork[] = [];
  readonly #rows = new Map<string, { readonly id: string; readonly at: number }[]>();
  readonly #members = new Map<string, Set<string>>();
  readonly #clusterer: Clusterer;
  readonly #limits: LoopLimits;

  constructor(clusterer: Clusterer, limits: LoopLimits) {
    this.#clusterer = clusterer;
    this.#limits = limits;
  }

  arrive(line: StoryLine): void {
    const started = performance.now();
    const { announced, asked } = this.#clusterer.keysOf(line);
    const keysMs = performance.now() - started;
    const at = Date.parse(line.sortTime);
    const candidates = this.candidates(asked, at);
    this.lines.set(line.id, line);
    for (const key of announced.slice(0, this.#limits.announcedMax)) this.announce(key, line.id, at);
    const placing = performance.now();
    const related = this.#clusterer.related(line, candidates);
    const clusters = [...new Set(related.map(({ cluster }) => cluster))].flatMap(
      (id) => this.cluster(id) ?? [],
    );
    const { own, moves } = this.#clusterer.place({ story: line, related, clusters });
    const placeMs = performance.now() - placing;
    for (const assignment of [own, ...moves]) this.#assign(assignment);
    this.work.push({
      candidates: candidates.length,
      related: related.length,
      moves: moves.length,
      placeMs,
      keysMs,
    });
  }

  announce(key: string, id: string, at: number): void {
    const rows = this.#rows.get(key) ?? [];
    rows.push({ id, at });
    this.#rows.set(key, rows);
  }

  /** The most rows that one key has within a day of each other. */
  largestKey(): readonly [string, number] {
    let largest: readonly [string, number] = ['', 0];
    for (const [key, rows] of this.#rows) if (rows.length > largest[1]) largest = [key, rows.length];
    return largest;
  }

  candidates(asked: readonly string[], at: number): StoryLine[] {
    const ids = new Set<string>();
    for (const key of asked) {
      const near = (this.#rows.get(key) ?? []).filter((row) => Math.abs(row.at - at) <= windowMs);
      near.sort((one, other) => Math.abs(one.at - at) - Math.abs(other.at - at));
      for (const { id } of near.slice(0, this.#limits.perKeyMax)) ids.add(id);
    }
    return [...ids].flatMap((id) => this.lines.get(id) ?? []);
  }

  cluster(id: string | null): Cluster | null {
    const ids = id === null ? undefined : this.#members.get(id);
    if (id === null || ids === undefined) return null;
    const members = [...ids].flatMap((member) => this.lines.get(member) ?? []);
    members.sort((one, other) =>
      one.firstSeen < other.firstSeen || (one.firstSeen === other.firstSeen && one.id < other.id) ? -1 : 1,
    );
    return { id, members: members.slice(0, clusterMembersMax), total: members.length, version: 1 };
  }

  #assign({ id, cluster, original }: Assignment): void {
    const line = this.lines.get(id);
    if (line === undefined) return;
    if (line.cluster !== null) this.#members.get(line.cluster)?.delete(id);
    if (cluster !== null) this.#members.set(cluster, (this.#members.get(cluster) ?? new Set()).add(id));
    const { original: _before, ...plain } = line;
    const first = original === null ? undefined : this.lines.get(original);
    this.lines.set(id, {
      ...plain,
      cluster,
      ...(first === undefined
        ? {}
        : {
            original: {
              id: first.id,
              source: first.source,
              kind: first.kind,
              lang: first.lang,
              sortTime: first.sortTime,
              lacks: [],
              adds: [],
            },
          }),
    });
  }
}
