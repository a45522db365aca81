import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type HttpServer } from '../../../lambdas/adapters/local/http-server.ts';
import { httpCases, type HttpCase } from '../../support/http-cases.ts';
import { askLambda, askServer, type Received } from '../../support/http-edges.ts';
import { startServeBundle } from '../../support/serve-bundle.ts';
import { serveFixture } from '../../support/serve-fixture.ts';

const { handler } = serveFixture();
let server: HttpServer;
let bundle: Awaited<ReturnType<typeof startServeBundle>>;
beforeAll(async () => {
  server = await startHttpServer({ app: handler, port: 0, host: '127.0.0.1' });
  bundle = await startServeBundle();
});
afterAll(async () => {
  await server.close();
  await bundle.stop();
});

const edges: readonly [string, (asked: HttpCase) => Promise<Received>][] = [
  ['the Lambda edge', (asked) => askLambda(handler, asked)],
  ['the bundle that is deployed', (asked) => bundle.ask(asked)],
  ['the local server', (asked) => askServer(server.port, asked)],
];

const name = ({ method = 'GET', target, send, status }: HttpCase) =>
  `${method} ${target.slice(0, 60)} ${send === undefined ? '' : JSON.stringify(send).slice(0, 80)} is ${status}`;

/** Headers that belong to the connection and not to the answer. */
const hopByHop = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

describe.each(edges)('%s', (_name, ask) => {
  it.each(httpCases.map((asked): [string, HttpCase] => [name(asked), asked]))(
    'answers %s',
    async (_title, asked) => {
      const { status, headers, body } = await ask(asked);
      expect(status).toBe(asked.status);
      for (const [header, pattern] of Object.entries(asked.headers ?? {}))
        expect(headers.get(header)).toMatch(pattern);
      if (asked.answer !== undefined) expect(body.toString('utf8')).toMatch(asked.answer);
    },
  );

  it('guards every answer against sniffing, framing and leaking its address, and never asks for credentials', async () => {
    for (const asked of httpCases) {
      const { headers, status } = await ask(asked);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      const policy = headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
        expect(policy).toContain(part);
      expect(policy).not.toContain('unsafe');
      expect(headers.has('access-control-allow-credentials')).toBe(false);
      expect(headers.has('set-cookie')).toBe(false);
      expect(status).not.toBe(500);
    }
  });

  it('compresses as asked, with an entity tag that names the compressed form and is recognised again', async () => {
    const plain = await ask({ target: '/feed.rss', status: 200 });
    const decode = { br: brotliDecompressSync, gzip: gunzipSync } as const;
    for (const coding of ['br', 'gzip'] as const) {
      const send = { 'accept-encoding': coding };
      const packed = await ask({ target: '/feed.rss', send, status: 200 });
      expect(packed.headers.get('content-encoding')).toBe(coding);
      expect(packed.headers.get('vary')).toBe(plain.headers.get('vary'));
      expect(packed.headers.get('content-length')).toBe(String(packed.body.length));
      expect(decode[coding](packed.body)).toEqual(plain.body);
      const etag = packed.headers.get('etag') ?? '';
      expect(etag).toBe(plain.headers.get('etag')?.replace(/"$/, `-${coding}"`));
      const again = await ask({ target: '/feed.rss', send: { ...send, 'if-none-match': etag }, status: 304 });
      expect([again.status, again.headers.get('etag'), again.body.length]).toEqual([304, etag, 0]);
      const head = await ask({ target: '/feed.rss', method: 'HEAD', send, status: 200 });
      expect([...head.headers].filter(([header]) => !hopByHop.has(header))).toEqual(
        [...packed.headers].filter(([header]) => !hopByHop.has(header)),
      );
      expect(head.body.length).toBe(0);
    }
  });
});

describe('the two edges', () => {
  it('give the same status, headers and body to every request', async () => {
    // What node's parser refuses is answered before there is a target to speak of, so its wording differs.
    for (const asked of httpCases.filter(({ target }) => /^[\u0021-\u007e]*$/.test(target))) {
      const [a, b] = [await askLambda(handler, asked), await askServer(server.port, asked)];
      const own = ({ headers }: Received) => [...headers].filter(([header]) => !hopByHop.has(header)).sort();
      expect([name(asked), b.status, own(b), b.body.toString()]).toEqual([
        name(asked),
        a.status,
        own(a),
        a.body.toString(),
      ]);
    }
  });
});
