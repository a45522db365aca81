/** Entries kept of one document. Source: Media Cloud rss-fetcher. */
export const entriesMax = 2_000;

/**
 * Positions, in rising order, of the entries to keep of a longer list: the newest by their own dates (ISO 8601, null
 * for one without), because a list may run from old to new; entries without a date come last, and where fewer than
 * half have one the first entries are kept, as feeds put the newest in front. The same choice for a list that has grown
 * at either end, so that no entry comes back once it has dropped out.
 */
export function newestPositions(dates: readonly (string | null)[], max: number): readonly number[] {
  const positions = dates.map((_, at) => at);
  if (dates.length <= max) return positions;
  const dated = dates.filter((date) => date !== null).length;
  if (2 * dated < dates.length) return positions.slice(0, max);
  const newestFirst = positions.sort((a, b) => {
    const [one, other] = [dates[a] ?? '', dates[b] ?? ''];
    if (one === other) return a - b;
    return one < other ? 1 : -1;
  });
  return newestFirst.slice(0, max).sort((a, b) => a - b);
}
