import { homePage } from '../core/render/home-page.ts';
import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { entitiesRoute, topicsRoute } from './analysis-routes.ts';
import type { Answer } from './answer.ts';
import { docsRoute, openApiRoute } from './docs-routes.ts';
import { clusterRoute } from './cluster-routes.ts';
import { feedRoute } from './feed-routes.ts';
import { healthRoute, opmlRoute, refusedParameters, sourcesRoute } from './listing-routes.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';
import { storiesRoute, storyRoute } from './story-routes.ts';
import { trendsRoute } from './trends-route.ts';

/** One kind of address: the exact form of its path, with named groups for its parts, and what answers it. */
export interface Route {
  readonly path: RegExp;
  readonly answer: (call: RouteCall, context: ServeContext) => Promise<Answer>;
}

/** Every address there is. Paths are matched as sent, letter by letter: no other spelling of an address exists. */
export const routes: readonly Route[] = [
  { path: /^\/$/, answer: homeRoute },
  {
    path: /^(?<archive>\/archive\/(?<month>\d{4}-\d\d))?\/feed\.(?<format>rss|atom|json)$/,
    answer: feedRoute,
  },
  {
    path: /^(?<archive>\/archive\/(?<month>\d{4}-\d\d))?\/topics\/(?<topic>[a-z0-9.-]{1,110})\.(?<format>rss|atom|json)$/,
    answer: feedRoute,
  },
  { path: /^\/api\/stories$/, answer: storiesRoute },
  { path: /^\/api\/stories\/(?<id>[0-9A-Za-z]{22,64})$/, answer: storyRoute },
  { path: /^\/api\/clusters\/(?<id>[0-9A-Za-z]{22,64})$/, answer: clusterRoute },
  { path: /^\/api\/topics$/, answer: topicsRoute },
  { path: /^\/api\/entities$/, answer: entitiesRoute },
  { path: /^\/api\/trends$/, answer: trendsRoute },
  { path: /^\/api\/sources$/, answer: sourcesRoute },
  { path: /^\/api\/openapi\.json$/, answer: openApiRoute },
  { path: /^\/docs$/, answer: docsRoute },
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
