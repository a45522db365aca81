import { createHash, timingSafeEqual } from 'node:crypto';
import { allowedMethods, strictTransport } from '../core/render/http-headers.ts';
import { problemAnswer, type Answer } from './answer.ts';
import { optionsResponse, responseFor } from './respond.ts';
import { routeFor } from './routes.ts';
import { serveContext, type ServeContext, type ServeDependencies } from './serve-context.ts';

/** Longest address that is looked at; twice what the widest query needs. */
const addressLengthMax = 8_192;

/**
 * The HTTP application: a web-standard request in, a response out. Never throws: a fault is logged as `serve.failed` and
 * answered with a 500 that says nothing of its cause; every answer is logged as `serve.answered`.
 */
export function createServeHandler(dependencies: ServeDependencies): (request: Request) => Promise<Response> {
  const context = serveContext(dependencies);
  const secure = (response: Response): Response => {
    if (context.publicUrl.startsWith('https:'))
      response.headers.set('strict-transport-security', strictTransport);
    return response;
  };
  return async (request) => {
    const nowMs = context.clock();
    const url = new URL(request.url);
    const path = url.pathname.slice(0, 200);
    try {
      const { response, logged } = await respond(request, url, nowMs, context);
      context.log.info('serve.answered', { path, status: response.status, ...logged });
      return secure(response);
    } catch (error) {
      context.log.error('serve.failed', { path, error });
      return secure(responseFor(request, problemAnswer('failed', 'Something went wrong on our side'), nowMs));
    }
  };
}

async function respond(request: Request, url: URL, nowMs: number, context: ServeContext) {
  const answered = (answer: Answer) => ({
    response: responseFor(request, answer, nowMs),
    logged: answer.logged ?? {},
  });
  if (!isFromEdge(request, context.originSecret)) {
    return answered(problemAnswer('forbidden', 'Expected the request to come through the public address'));
  }
  if (request.url.length > addressLengthMax) {
    const detail = `Expected an address of at most ${addressLengthMax} characters`;
    return answered(problemAnswer('uri-too-long', detail));
  }
  if (!isReadablePath(url.pathname)) {
    const detail = 'Expected the path to be percent-encoded UTF-8 without control characters';
    return answered(problemAnswer('bad-request', detail));
  }
  const found = routeFor(url.pathname);
  if (found === null) return answered(problemAnswer('not-found', 'Expected a known address, got another'));
  if (request.method === 'OPTIONS') return { response: optionsResponse(), logged: {} };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const detail = `Expected one of ${allowedMethods}, got another method`;
    return answered(problemAnswer('method-not-allowed', detail, { headers: { allow: allowedMethods } }));
  }
  const { pathname: path, search } = url;
  const call = { path, search, headers: request.headers, nowMs, parts: found.parts };
  return answered(await found.route.answer(call, context));
}

/** Compares digests in constant time, so that the secret cannot be guessed letter by letter. */
function isFromEdge(request: Request, secret: string | null): boolean {
  if (secret === null) return true;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.get('x-origin-verify') ?? ''), digest(secret));
}

function isReadablePath(path: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
