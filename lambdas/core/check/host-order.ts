import { parsedUrl } from '../words/parsed-url.ts';

/**
 * The same items, one of each host in turn, so that those of a host that must be asked slowly do not hold up the others;
 * within a host the order stays. What has no host comes under one of its own.
 */
export function inHostTurns<Item extends { readonly url: string }>(items: readonly Item[]): Item[] {
  const counts = new Map<string, number>();
  const placed = items.map((item) => {
    const host = parsedUrl(item.url)?.hostname ?? '';
    const turn = counts.get(host) ?? 0;
    counts.set(host, turn + 1);
    return { item, turn };
  });
  return placed.sort((one, other) => one.turn - other.turn).map(({ item }) => item);
}
