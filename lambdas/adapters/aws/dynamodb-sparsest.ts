import { isoTime } from '../../core/words/time.ts';
import type { PageRequest } from '../../ports.ts';
import { createListing } from './dynamodb-listing.ts';
import type { Table } from './dynamodb-table.ts';
import { positionOf } from './story-keys.ts';

/** Rows looked at of each listing: enough to tell a dense one from a sparse one, and one or two read units at most. */
const probeRows = 10;

/** Listings looked into for one page, at most; groups that would exceed it are left out. */
const probedMax = 8;

/** How crowded a group of listings is: stories for each millisecond back from where the page begins, and what it cost to know. */
interface Density {
  readonly tags: readonly string[];
  readonly density: number;
  readonly readUnits: number;
}

/**
 * The group of listings a page is read from: the one whose newest rows reach back furthest, so that the fewest rows have
 * to be thrown away. With one group nothing is read. Ties go to the earlier group. `readUnits` is what looking cost.
 */
export async function sparsestGroup(
  table: Table,
  request: PageRequest,
): Promise<{ readonly tags: readonly string[]; readonly readUnits: number }> {
  const groups: (readonly string[])[] = [];
  let listings = 0;
  for (const group of [request.tags, ...(request.others ?? [])]) {
    listings += group.length;
    if (listings <= probedMax) groups.push(group);
  }
  const [first = request.tags] = groups;
  if (groups.length < 2) return { tags: first, readUnits: 0 };
  const measured = await Promise.all(groups.map((tags) => densityOf(table, request, tags)));
  const best = measured.reduce((least, other) => (other.density < least.density ? other : least));
  return { tags: best.tags, readUnits: measured.reduce((sum, { readUnits }) => sum + readUnits, 0) };
}

async function densityOf(table: Table, request: PageRequest, tags: readonly string[]): Promise<Density> {
  const probes = await Promise.all(tags.map((tag) => probe(table, request, tag)));
  return {
    tags,
    density: probes.reduce((sum, { density }) => sum + density, 0),
    readUnits: probes.reduce((sum, { readUnits }) => sum + readUnits, 0),
  };
}

/** A listing that ends within the probe counts by how little it holds, as if it reached back for ever. */
async function probe(table: Table, request: PageRequest, tag: string) {
  const listing = createListing(table, { ...request, tag, chunkRows: probeRows });
  let rows = 0;
  let oldest: string | null = null;
  for (; rows < probeRows; rows += 1) {
    const row = await listing.head();
    if (row === null) return { density: rows * Number.EPSILON, readUnits: listing.readUnits() };
    oldest = positionOf(row.sk).sortTime;
    listing.drop();
  }
  const from = Date.parse(request.after?.sortTime ?? request.until ?? isoTime(table.clock()));
  const reach = Math.max(1, from - Date.parse(oldest ?? ''));
  return { density: rows / reach, readUnits: listing.readUnits() };
}
