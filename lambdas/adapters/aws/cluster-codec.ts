import type { Cluster } from '../../core/words/cluster.ts';
import type { StoryLine } from '../../core/words/story.ts';
import { packed, unpacked } from './line-codec.ts';

/** A cluster's row is to cost as few write units (1 KB each) as it can; members lose the end of their texts for it. */
const bytesWished = 12_000;

/** However dense the texts, a row stays below this; the last members to come then go unnamed. */
const bytesMax = 38_000;

/** Texts that repeat pack into next to nothing, and a row that unfolds to more than `unpacked` takes could never be read. */
const unfoldedBytesMax = 300_000;

/** How much of a member is kept: code points of texts, names of each kind, and code units of an address. */
interface MemberCut {
  readonly summary: number;
  readonly title: number;
  readonly names: number;
  readonly address: number;
}

const all = Number.POSITIVE_INFINITY;

const uncut: MemberCut = { summary: all, title: all, names: all, address: all };

/** From all of it to the least. An address is whole or absent: a cut one would lead astray, and the story itself has it. */
const cuts: readonly MemberCut[] = [
  uncut,
  { summary: 240, title: all, names: all, address: all },
  { summary: 120, title: all, names: all, address: all },
  { summary: 0, title: all, names: 10, address: 600 },
  { summary: 0, title: 160, names: 5, address: 300 },
  { summary: 0, title: 80, names: 2, address: 200 },
];

/**
 * A cluster's members and total as its row keeps them: whole while they are few, with shorter texts the more they are.
 * Measured: 0.35 KB a member for the first twenty, 12 KB for 64.
 */
export function packedCluster({ members, total }: Cluster): Uint8Array {
  for (const cut of cuts) {
    const row = rowOf(members, total, cut);
    if (row !== null && row.length <= bytesWished) return row;
  }
  const least = cuts.at(-1) ?? uncut;
  for (let count = members.length; ; count -= 1) {
    const row = rowOf(members.slice(0, count), total, least);
    if (count <= 0 || (row !== null && row.length <= bytesMax)) return row ?? new Uint8Array();
  }
}

/** The row, packed; null when it would unfold to more than may be read. */
function rowOf(members: readonly StoryLine[], total: number, cut: MemberCut): Uint8Array | null {
  const row = { total, members: members.map((member) => cutMember(member, cut)) };
  return Buffer.byteLength(JSON.stringify(row)) > unfoldedBytesMax ? null : Uint8Array.from(packed(row));
}

/** The cluster in its place is known by its row, so it is left out of each member. */
function cutMember(member: StoryLine, cut: MemberCut) {
  const { cluster: _cluster, copies: _copies, ...line } = member;
  const first = (names: readonly string[]) => names.slice(0, cut.names);
  return {
    ...line,
    title: shortened(line.title, cut.title),
    summary: shortened(line.summary, cut.summary),
    url: line.url === null || line.url.length > cut.address ? null : line.url,
    authors: line.authors.slice(0, cut.names),
    countries: first(line.countries),
    organisations: first(line.organisations),
    people: first(line.people),
    systems: first(line.systems),
    operations: first(line.operations),
  };
}

function shortened(text: string, codePointsMax: number): string {
  if (text.length <= codePointsMax) return text;
  const points = [...text];
  return points.length <= codePointsMax ? text : `${points.slice(0, codePointsMax).join('')}…`;
}

/** The cluster of a row. Throws on bytes of another format. */
export function clusterOf(id: string, bytes: Uint8Array, version: number): Cluster {
  const { members, total } = trusted<Pick<Cluster, 'members' | 'total'>>(unpacked(bytes));
  return { id, version, total, members: members.map((member) => ({ ...member, copies: [], cluster: id })) };
}

// Rows are written by packedCluster alone, so they come back with the type they went in with.
const trusted = <T>(value: unknown): T => value as T;
