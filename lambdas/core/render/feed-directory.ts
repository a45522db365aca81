import type { Catalogue, Feed, Source } from '../words/feed.ts';
import type { TopicTree } from '../words/topic.ts';

/** Names by id, made once per process: what feeds and pages say instead of ids. */
export interface FeedDirectory {
  readonly topicLabels: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly feeds: ReadonlyMap<string, Feed>;
}

/** Indexes the taxonomy (topics and domains) and the catalogue. */
export function feedDirectory(tree: TopicTree, catalogue: Catalogue): FeedDirectory {
  const labels = tree.domains.flatMap((domain): [string, string][] => [
    [domain.slug, domain.label],
    ...domain.topics.map((topic): [string, string] => [topic.slug, topic.label]),
  ]);
  return {
    topicLabels: new Map(labels),
    sources: new Map(catalogue.sources.map((source) => [source.id, source])),
    feeds: new Map(catalogue.feeds.map((feed) => [feed.id, feed])),
  };
}
