import type { Catalogue } from '../core/words/feed.ts';
import { queryVocabulary, type QueryVocabulary } from '../core/query/query-vocabulary.ts';
import { feedDirectory, type FeedDirectory } from '../core/render/feed-directory.ts';
import type { TopicTree } from '../core/words/topic.ts';
import type { Clock, ClusterStore, FeedHealthReader, Log, StoryReader, TallyReader } from '../ports.ts';
import { renderMark } from './feed-formats.ts';

/**
 * What serving needs. `publicUrl` is the address self links are built from; `cursorKey` signs cursors; a request must
 * carry `originSecret` as x-origin-verify unless it is null; `version` is what /healthz says.
 */
export interface ServeDependencies {
  readonly stories: StoryReader;
  readonly tally: TallyReader;
  readonly health: FeedHealthReader;
  readonly clusters: Pick<ClusterStore, 'cluster'>;
  readonly tree: TopicTree;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly log: Log;
  readonly publicUrl: string;
  readonly cursorKey: string;
  readonly originSecret: string | null;
  readonly version: string;
}

/** The dependencies with what is derived from them once per process. */
export interface ServeContext extends ServeDependencies {
  readonly vocabulary: QueryVocabulary;
  readonly directory: FeedDirectory;
  /** Changes when feeds are written in another way (see renderMark). */
  readonly renderMark: string;
}

/** Derives the vocabulary and the directory of names; `publicUrl` loses its trailing slash. */
export function serveContext(dependencies: ServeDependencies): ServeContext {
  const { tree, catalogue, publicUrl } = dependencies;
  const directory = feedDirectory(tree, catalogue);
  return {
    ...dependencies,
    publicUrl: publicUrl.replace(/\/$/, ''),
    vocabulary: queryVocabulary(tree, catalogue),
    directory,
    renderMark: renderMark(dependencies, directory),
  };
}

/** One request as a route sees it: the exact path, the raw query, the headers, the time of asking and the named parts of the path. */
export interface RouteCall {
  readonly path: string;
  readonly search: string;
  readonly headers: Headers;
  readonly nowMs: number;
  readonly parts: Readonly<Record<string, string>>;
}
