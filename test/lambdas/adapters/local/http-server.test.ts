import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startHttpServer,
  type HttpServer,
  type LocalRoutes,
} from '../../../../lambdas/adapters/local/http-server.ts';
import { askServer } from '../../../support/http-edges.ts';

const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const echo = async (request: Request) => new Response(`${request.method} ${request.url}`);

async function start(
  app: (request: Request) => Promise<Response> = echo,
  local?: LocalRoutes,
): Promise<HttpServer> {
  const server = await startHttpServer({
    app,
    port: 0,
    host: '127.0.0.1',
    ...(local === undefined ? {} : { local }),
  });
  running.push(server);
  return server;
}

/** Sends bytes as they are and gives all that comes back until the connection ends. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => socket.destroy());
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

describe('startHttpServer', () => {
  it('tells the application the bound address, whatever Host says', async () => {
    const { port } = await start();
    const send = { host: 'evil.example:1', 'x-forwarded-proto': 'https' };
    const { body } = await askServer(port, { target: '/a?b=c', send, status: 200 });
    expect(body.toString()).toBe(`GET http://127.0.0.1:${port}/a?b=c`);
  });

  it('rejects when the port is taken', async () => {
    const { port } = await start();
    await expect(startHttpServer({ app: echo, port, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it.each([
    [
      'an absolute target',
      'GET http://evil.example/feed.rss HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      '400',
    ],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '400'],
    ['a target with a fragment', 'GET /a#b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '400'],
    ['no HTTP at all', 'hello\r\n\r\n', '400'],
    ['headers over the bound', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na', '400'],
  ])('refuses %s', async (_name, text, status) => {
    const { port } = await start();
    const answer = await raw(port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    expect(answer).toContain('application/problem+json');
  });

  it('does not wait for a body that nobody asked for', async () => {
    const { port } = await start();
    const text = 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\nonly this';
    expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  });

  it('ends a connection when the application breaks its promise and throws, and goes on serving', async () => {
    let broken = true;
    const { port } = await start(async () => {
      if (broken) throw new Error('broken');
      return new Response('fine');
    });
    await expect(askServer(port, { target: '/', status: 0 })).rejects.toThrow();
    broken = false;
    expect((await askServer(port, { target: '/', status: 200 })).body.toString()).toBe('fine');
  });

  it('answers what has begun before it closes, and ends idle connections', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const server = await startHttpServer({
      app: async (request) => {
        if (request.url.endsWith('/slow')) {
          begun();
          await held;
        }
        return new Response('done');
      },
      port: 0,
      host: '127.0.0.1',
    });
    const agent = new Agent({ keepAlive: true });
    const idle = httpRequest({ host: '127.0.0.1', port: server.port, path: '/', agent }).end();
    const [response] = await once(idle, 'response');
    response.resume();
    await once(response, 'end');
    const slow = askServer(server.port, { target: '/slow', status: 200 });
    await started;
    const closing = server.close();
    release();
    expect((await slow).body.toString()).toBe('done');
    await closing;
    agent.destroy();
    await expect(askServer(server.port, { target: '/', status: 0 })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

describe('local routes', () => {
  const local: LocalRoutes = new Map([
    ['/local/poll', async (request) => Response.json({ method: request.method })],
  ]);
  const poll = { target: '/local/poll', method: 'POST' };

  it('answer programs of this machine and its own pages', async () => {
    const { port } = await start(echo, local);
    for (const origin of [
      {},
      { origin: `http://127.0.0.1:${port}` },
      { origin: `http://localhost:${port}` },
    ]) {
      const send = { host: `localhost:${port}`, ...origin };
      const { status, body } = await askServer(port, { ...poll, send, status: 200 });
      expect([status, body.toString()]).toEqual([200, '{"method":"POST"}']);
    }
  });

  it('refuse other pages and other names for this machine', async () => {
    const { port } = await start(echo, local);
    for (const send of [{ origin: 'https://evil.example' }, { origin: 'null' }, { host: 'evil.example' }]) {
      const { status, headers } = await askServer(port, { ...poll, send, status: 403 });
      expect([status, headers.get('x-content-type-options')]).toEqual([403, 'nosniff']);
    }
  });

  it('are matched exactly; anything else is for the application', async () => {
    const { port } = await start(echo, local);
    const { body } = await askServer(port, { target: '/local/poll/', method: 'POST', status: 200 });
    expect(body.toString()).toContain('/local/poll/');
  });
});
