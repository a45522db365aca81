import { cacheLives, mediaTypes } from '../core/render/http-headers.ts';
import { jsonAnswer, type Answer } from './answer.ts';
import { refusedParameters } from './listing-routes.ts';
import type { RouteCall, ServeContext } from './serve-context.ts';

/**
 * The description of this service. Its parts are loaded when somebody asks for it, because the many small objects they
 * are made of would cost every cold start some milliseconds (measured) that hardly any request needs.
 */
async function documentOf(context: ServeContext) {
  const { openApiDocument } = await import('../core/openapi/openapi-document.ts');
  return openApiDocument(context);
}

/** `/api/openapi.json`: the description of this service. */
export async function openApiRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  return refusal ?? jsonAnswer(await documentOf(context), cacheLives.listing);
}

/** `/docs`: the same as a page. */
export async function docsRoute(call: RouteCall, context: ServeContext): Promise<Answer> {
  const refusal = refusedParameters(call, context);
  if (refusal !== null) return refusal;
  const { docsPage } = await import('../core/render/docs-page.ts');
  const body = docsPage(await documentOf(context));
  const cacheControl = cacheLives.listing;
  return { status: 200, mediaType: mediaTypes.html, body, cacheControl, lastModified: null };
}
