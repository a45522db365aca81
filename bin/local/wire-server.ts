import { startHttpServer } from '../../lambdas/adapters/local/http-server.ts';
import { version } from '../../lambdas/core/words/version.ts';
import { createServeHandler } from '../../lambdas/serve/handler.ts';
import { localSecret } from './local-secret.ts';
import type { Pipeline } from './pipeline.ts';
import type { LocalRun } from './run-local.ts';
import { noteServedAddress, usualPort } from './served-address.ts';

/** The wire on loopback; `url` is its address without a trailing slash. */
interface WireServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the wire and `POST /local/poll`. Throws when the wanted port is taken; the usual port gives way to a free one. */
export async function startWireServer(
  run: LocalRun,
  pipeline: Pipeline,
  noteDrained: () => void,
): Promise<WireServer> {
  // Self links need the bound port, so the application is made once it is known.
  let app: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const local = new Map([['/local/poll', pollRoute(pipeline, noteDrained)]]);
  const listen = (port: number) =>
    startHttpServer({ app: (request) => app(request), port, host: '127.0.0.1', local });
  const server = await listen(run.port ?? usualPort).catch((error: unknown) => {
    if (run.port === null && isPortTaken(error)) return listen(0);
    throw isPortTaken(error)
      ? new Error(`Expected port ${run.port} to be free, got one in use; try --port 0`)
      : error;
  });
  const url = `http://127.0.0.1:${server.port}`;
  app = createServeHandler({
    stories: pipeline.stories,
    tally: pipeline.tally,
    health: pipeline.health,
    clusters: pipeline.clusters,
    tree: run.tree,
    catalogue: run.catalogue,
    clock: run.clock,
    log: pipeline.log,
    publicUrl: url,
    cursorKey: localSecret(run.directory),
    originSecret: null,
    version,
  });
  const forget = noteServedAddress(run.directory, url);
  return { url, close: () => server.close().finally(forget) };
}

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/**
 * Polls everything now and answers when every query shows the result; 503 with the reason when the run ends first. One
 * at a time; others wait for their own turn.
 */
function pollRoute(pipeline: Pipeline, noteDrained: () => void): (request: Request) => Promise<Response> {
  let last: Promise<unknown> = Promise.resolve();
  const pollAll = async (): Promise<Response> => {
    const polls = await pipeline.pollAll();
    noteDrained();
    return Response.json({ polls }, { headers });
  };
  return async (request) => {
    if (request.method !== 'POST')
      return new Response(null, { status: 405, headers: { ...headers, allow: 'POST' } });
    const polled = last.then(pollAll).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      return Response.json({ title: 'Not polled', status: 503, detail }, { status: 503, headers });
    });
    last = polled;
    return polled;
  };
}

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
