import type { Catalogue, Feed, Source } from '../words/feed.ts';
import { feedAddressKey, feedHost } from './feed-address.ts';
import { FreshIds } from './fresh-ids.ts';

/** What a list of feeds adds to a catalogue: only feeds (and their sources) whose address is new. */
export interface Additions {
  readonly added: Catalogue;
  /** Feeds of the list that the catalogue has already, or that the list has twice under two spellings. */
  readonly known: number;
}

/**
 * Picks from `incoming` what `current` lacks. Feeds are compared by address (see `feedAddressKey`); a feed on the host of
 * a known source joins that source and takes its country and kind; an id that is taken gets a number. Pure; nothing is
 * changed.
 */
export function additionsTo(current: Catalogue, incoming: Catalogue): Additions {
  const addresses = new Set(current.feeds.map((feed) => feedAddressKey(feed.url)));
  const sourcesByHost = sourcesOfHosts(current);
  const sourceIds = new FreshIds(current.sources.map((source) => source.id));
  const feedIds = new FreshIds(current.feeds.map((feed) => feed.id));
  const incomingSources = new Map(incoming.sources.map((source) => [source.id, source]));
  const added: { sources: Source[]; feeds: Feed[] } = { sources: [], feeds: [] };
  for (const feed of incoming.feeds) {
    const address = feedAddressKey(feed.url);
    if (addresses.has(address)) continue;
    addresses.add(address);
    const host = feedHost(feed.url);
    const proposed = incomingSources.get(feed.source);
    let source = sourcesByHost.get(host);
    if (source === undefined && proposed !== undefined) {
      source = { ...proposed, id: sourceIds.take(proposed.id) };
      sourcesByHost.set(host, source);
      added.sources.push(source);
    }
    if (source === undefined) continue;
    const { id: sourceId, country, kind } = source;
    added.feeds.push({ ...feed, id: feedIds.take(feed.id), source: sourceId, country, kind });
  }
  return { added, known: incoming.feeds.length - added.feeds.length };
}

/** The source that a host (see `feedHost`) belongs to: the one whose home it is, else the one that has a feed there. */
export function sourcesOfHosts(catalogue: Catalogue): Map<string, Source> {
  const byId = new Map(catalogue.sources.map((source) => [source.id, source]));
  const byHost = new Map(catalogue.sources.map((source) => [feedHost(source.url), source]));
  for (const feed of catalogue.feeds) {
    const source = byId.get(feed.source);
    if (source !== undefined && !byHost.has(feedHost(feed.url))) byHost.set(feedHost(feed.url), source);
  }
  return byHost;
}
