import { homePage } from '../core/render/home-page.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import type { Answer } from './answer.ts';
import { feedRoute, topicFeedRoute } from './feed-routes.ts';
import { healthRoute, opmlRoute, refusedParameters, sourcesRoute, topicsRoute } from './listing-routes.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { storiesRoute, storyRoute } from './story-routes.ts';

/** One kind of address: the exact form of its path, with named groups for its parts, and what answers it. */
export interface Route {
  readonly path: RegExp;
  readonly answer: (call: RouteCall, context: ServeContext) => Promise<Answer>;
}

/** Every address there is. Paths are matched as sent, letter by letter: no other spelling of an address exists. */
const routes: readonly Route[] = [
  { path: /^\/$/, answer: homeRoute },
  { path: /^\/feed\.(?<format>rss|atom|json)$/, answer: feedRoute },
  { path: /^\/topics\/(?<topic>[a-z0-9.-]{1,110})\.(?<format>rss|atom|json)$/, answer: topicFeedRoute },
  { path: /^\/api\/stories$/, answer: storiesRoute },
  { path: /^\/api\/stories\/(?<id>[0-9A-Za-z]{22,64})$/, answer: storyRoute },
  { path: /^\/api\/topics$/, answer: topicsRoute },
  { path: /^\/api\/sources$/, answer: sourcesRoute },
  { path: /^\/opml$/, answer: opmlRoute },
  { path: /^\/healthz$/, answer: healthRoute },
];

/** The route of a path with the named parts of the path; null when there is none. */
export function routeFor(path: string): { route: Route; parts: Readonly<Record<string, string>> } | null {
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match !== null) return { route, parts: match.groups ?? {} };
  }
  return null;
}

async function homeRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  const body = homePage(context.tree);
  const cacheControl = cacheLives.listing;
  return { status: 200, mediaType: mediaTypes.html, body, cacheControl, lastModified: null };
}
