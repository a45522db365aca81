import type { Catalogue, Feed, Source } from '../words/feed.ts';

/** What a list of feeds adds to a catalogue: only feeds (and their sources) whose address is new. */
export interface Additions {
  readonly added: Catalogue;
  /** Feeds of the list that the catalogue has already. */
  readonly known: number;
}

/**
 * Picks from `incoming` what `current` lacks. Feeds are compared by address; a feed on the host of a known source
 * joins that source and takes its country and kind; an id that is taken gets a number. Pure; nothing is changed.
 */
export function additionsTo(current: Catalogue, incoming: Catalogue): Additions {
  const addresses = new Set(current.feeds.map((feed) => new URL(feed.url).href));
  const sourcesByHost = hosts(current);
  const takenSources = new Set(current.sources.map((source) => source.id));
  const takenFeeds = new Set(current.feeds.map((feed) => feed.id));
  const incomingSources = new Map(incoming.sources.map((source) => [source.id, source]));
  const added: { sources: Source[]; feeds: Feed[] } = { sources: [], feeds: [] };
  for (const feed of incoming.feeds) {
    const address = new URL(feed.url).href;
    if (addresses.has(address)) continue;
    addresses.add(address);
    const host = hostOf(feed.url);
    const proposed = incomingSources.get(feed.source);
    let source = sourcesByHost.get(host);
    if (source === undefined && proposed !== undefined) {
      source = { ...proposed, id: freshId(proposed.id, takenSources) };
      sourcesByHost.set(host, source);
      added.sources.push(source);
    }
    if (source === undefined) continue;
    const { id: sourceId, country, kind } = source;
    added.feeds.push({ ...feed, id: freshId(feed.id, takenFeeds), source: sourceId, country, kind });
  }
  return { added, known: incoming.feeds.length - added.feeds.length };
}

function hosts(catalogue: Catalogue): Map<string, Source> {
  const byId = new Map(catalogue.sources.map((source) => [source.id, source]));
  const byHost = new Map(catalogue.sources.map((source) => [hostOf(source.url), source]));
  for (const feed of catalogue.feeds) {
    const source = byId.get(feed.source);
    if (source !== undefined && !byHost.has(hostOf(feed.url))) byHost.set(hostOf(feed.url), source);
  }
  return byHost;
}

function hostOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}

/** Ids have at most 64 characters, a number behind them included. */
function freshId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted.slice(0, 58)}-${count}`;
  taken.add(id);
  return id;
}
