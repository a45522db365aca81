import { renderAtom } from '../core/render/atom.ts';
import { hashText } from '../core/render/entity-tag.ts';
import type { FeedDirectory } from '../core/render/feed-directory.ts';
import { feedItem, type FeedDocument } from '../core/render/feed-document.ts';
import { renderFeedPage } from '../core/render/feed-page.ts';
import { mediaTypes } from '../core/render/http-headers.ts';
import { renderJsonFeed } from '../core/render/json-feed.ts';
import type { FeedFormat } from '../core/render/preferred-form.ts';
import { renderRss } from '../core/render/rss.ts';
import type { StoryLine } from '../core/words/story.ts';
import type { ServeDependencies } from './serve-context.ts';

/** The feed formats by the ending of their addresses. */
export const formats = {
  rss: { mediaType: mediaTypes.rss, render: renderRss },
  atom: { mediaType: mediaTypes.atom, render: renderAtom },
  json: { mediaType: mediaTypes.jsonFeed, render: renderJsonFeed },
} as const satisfies Record<FeedFormat, unknown>;

/**
 * A mark of all that decides how a feed is written besides its stories: the release, the names of catalogue and taxonomy,
 * and the renderers, told by what they make of a specimen. It is part of every feed's entity tag, so that a deployment that
 * writes feeds in another way is seen although no story has changed. Made once per process; a millisecond.
 */
export function renderMark(
  { version, catalogue, tree }: Pick<ServeDependencies, 'version' | 'catalogue' | 'tree'>,
  directory: FeedDirectory,
): string {
  const specimens = [
    ...Object.values(formats).map(({ render }) => render(specimen(directory), directory)),
    renderFeedPage(specimen(directory), [{ format: 'rss', url: 'https://wire.example/feed.rss' }]),
  ];
  return hashText(version, JSON.stringify(catalogue), JSON.stringify(tree), ...specimens);
}

/** A feed of one item in which everything stands that an item can have, and one that has as little as it can. */
function specimen(directory: FeedDirectory): FeedDocument {
  const urls = { homeUrl: 'https://wire.example/', selfUrl: 'https://wire.example/feed.rss' };
  const bare = { ...specimenLine, id: 'specimen-2', url: null, summary: '', authors: [], topics: [] };
  return {
    ...urls,
    iri: 'urn:sitrep:feed:specimen',
    title: 'Specimen <&>',
    description: 'Specimen',
    nextUrl: `${urls.selfUrl}?cursor=next`,
    updated: 0,
    items: [specimenLine, bare].map((line) => feedItem(line, directory, 0)),
  };
}

const time = '2026-01-02T03:04:05.000Z';
const specimenLine: StoryLine = {
  id: 'specimen-1',
  title: 'Specimen <&>"\'',
  url: 'https://publisher.example/?a=1&b=2',
  source: 'specimen',
  kind: 'trade',
  feeds: ['specimen'],
  published: time,
  updated: time,
  firstSeen: time,
  sortTime: time,
  revision: 2,
  summary: 'A specimen <&>"\' of all there is.',
  authors: ['Ann <Lee>'],
  lang: 'en',
  copies: [{ id: 'copy', source: 'other', url: 'https://other.example/', published: time }],
  cluster: 'specimen-1',
  agency: 'Agency',
  marks: ['live'],
  relevance: 'core',
  topics: [{ topic: 'sea.submarines', score: 0.9, evidence: [{ field: 'title', words: 'specimen', at: 0 }] }],
  countries: ['AU'],
  organisations: ['Organisation'],
  people: ['Person'],
  systems: ['System'],
  operations: ['Operation'],
};
