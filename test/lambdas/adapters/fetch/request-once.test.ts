import * as http from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchLimits } from '../../../../lambdas/adapters/fetch/limits.ts';
import { type HopRequest, requestOnce } from '../../../../lambdas/adapters/fetch/request-once.ts';
import { isPublicAddress } from '../../../../lambdas/core/fetch/address-guard.ts';
import { type Answer, type Publisher, raw, startPublisher } from '../../../support/publisher.ts';

let site: Publisher;
beforeAll(async () => {
  site = await startPublisher();
});
afterAll(() => site.close());

let agent: http.Agent;
beforeEach(() => {
  agent = new http.Agent({ keepAlive: true });
  return () => agent.destroy();
});

function hop(hostname: string, acceptsPeer: (address: string) => boolean): HopRequest {
  return {
    target: {
      url: new URL(site.url('/feed', hostname)),
      addresses: [{ address: '127.0.0.1', family: 4 }],
      acceptsPeer,
    },
    headers: { 'User-Agent': 'Sitrep/test' },
    agent,
    signal: new AbortController().signal,
    limits: fetchLimits,
  };
}

async function answered(answer: Answer) {
  site.serve('/feed', answer);
  return requestOnce(hop('127.0.0.1', () => true));
}

describe('the connected peer', () => {
  const secret = (hostname: string): HopRequest => {
    const guarded = hop(hostname, isPublicAddress);
    return { ...guarded, target: { ...guarded.target, url: new URL(site.url('/secret', hostname)) } };
  };

  it.each(['rebound.example', '127.0.0.1'])(
    'P13, P14: gets no byte when it is private: %s',
    async (hostname) => {
      const connections = site.connections();
      const result = await requestOnce(secret(hostname));
      expect(result).toMatchObject({ kind: 'failure', reason: 'guarded', sent: false, stale: false });
      // A later request shows that the server has had its chance to see the first: two connections, one request.
      const bytes = site.bytesReceived();
      expect(await answered({ body: 'x' })).toMatchObject({ kind: 'response' });
      expect(site.connections()).toBe(connections + 2);
      expect(site.hits('/secret')).toBe(0);
      const requestBytes = site.bytesReceived() - bytes;
      expect(await answered({ body: 'x' })).toMatchObject({ kind: 'response' });
      expect(site.bytesReceived() - bytes).toBe(2 * requestBytes);
    },
  );

  it('is vetted again on a pooled connection', async () => {
    site.serve('/feed', { body: 'x' });
    const peers: string[] = [];
    const first = await requestOnce(hop('pooled.example', (peer) => peers.push(peer) > 0));
    expect(first).toMatchObject({ kind: 'response', status: 200, sent: true });
    const connections = site.connections();
    expect(await requestOnce(secret('pooled.example'))).toMatchObject({ reason: 'guarded', sent: false });
    expect(site.connections()).toBe(connections);
    expect(await answered({ body: 'x' })).toMatchObject({ kind: 'response' });
    expect(site.hits('/secret')).toBe(0);
    expect(peers).toEqual(['127.0.0.1']);
  });
});

describe('broken HTTP', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  it.each([
    [
      'Transfer-Encoding before Content-Length',
      `${ok}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
    [
      'Content-Length before Transfer-Encoding',
      `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`],
    ['a negative length', `${ok}Content-Length: -1\r\n\r\nhello`],
    ['a length in words', `${ok}Content-Length: five\r\n\r\nhello`],
    ['a folded header', `${ok}X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n`],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['a space before the colon', `${ok}Content-Length : 0\r\n\r\n`],
    ['a NUL in a header', `${ok}X-A: a\0b\r\n\r\n`],
    ['a status of letters', 'HTTP/1.1 2xx OK\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a chunk size that is none', `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`],
    ['3,000 headers', `${ok}${Array.from({ length: 3_000 }, (_, at) => `x${at}: v\r\n`).join('')}\r\n`],
    ['3,000 tiny headers', `${ok}${'a:\r\n'.repeat(3_000)}\r\n`],
    ['64 KB of headers', `${ok}X-A: ${'v'.repeat(65_536)}\r\n\r\n`],
    ['an endless start line', `HTTP/1.1 200 ${'O'.repeat(65_536)}\r\n\r\n`],
    ['a flood of interim answers', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200)],
    [
      'interim answers before a good one',
      `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)}${ok}Content-Length: 0\r\n\r\n`,
    ],
    ['a change of protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ])('P36, P48: is a protocol error, and the connection is given up: %s', async (_what, bytes) => {
    const result = await answered(({ socket }) => socket.write(Buffer.from(bytes, 'latin1')));
    expect(result).toMatchObject({ kind: 'failure', reason: 'protocol', sent: true });
    const connections = site.connections();
    expect(await answered({ body: 'x' })).toMatchObject({ kind: 'response' });
    expect(site.connections()).toBe(connections + 1);
  });

  it.each([
    ['closes at once', raw()],
    ['closes within the header', raw('HTTP/1.1 200 O')],
  ])('calls a server that %s one that could not be reached', async (_what, answer) => {
    expect(await answered(answer)).toMatchObject({
      kind: 'failure',
      reason: 'connect',
      sent: true,
      stale: false,
    });
  });

  it('P35: takes 120 headers, a few interim answers, and repeated fields of which the first counts', async () => {
    const many = Array.from({ length: 120 }, (_, at) => `X-${at}: ${'v'.repeat(80)}\r\n`).join('');
    const result = await answered(
      raw(
        `HTTP/1.1 103 Early Hints\r\n\r\n${ok}${many}ETag: "1"\r\nETag: "2"\r\nContent-Length: 2\r\n\r\nok`,
      ),
    );
    expect(result).toMatchObject({ kind: 'response', status: 200 });
    expect(result.kind === 'response' && result.headers.get('etag')).toBe('"1"');
  });

  it('reads one answer and gives up a connection that brings a second', async () => {
    const two = `${ok}Content-Length: 4\r\n\r\ngood${ok}Content-Length: 4\r\n\r\nevil`;
    const result = await answered(({ socket }) => socket.write(two));
    expect(result.kind === 'response' && Buffer.from(result.body).toString()).toBe('good');
    const next = await answered({ body: 'next' });
    expect(next.kind === 'response' && Buffer.from(next.body).toString()).toBe('next');
  });
});
