import { afterEach, describe, expect, it } from 'vitest';
import {
  createGuardedFetcher,
  type GuardedFetcherOptions,
} from '../../../lambdas/adapters/guarded-fetcher.ts';
import {
  type AllowedHosts,
  noAllowedHosts,
  parseAllowedHosts,
} from '../../../lambdas/core/fetch/allowed-hosts.ts';
import { testCertificate } from '../../support/certificate.ts';
import { drip, type Publisher, startPublisher } from '../../support/publisher.ts';

const open: Publisher[] = [];

async function publisher(...args: Parameters<typeof startPublisher>): Promise<Publisher> {
  const started = await startPublisher(...args);
  open.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function allowing(...list: string[]): AllowedHosts {
  const parsed = parseAllowedHosts(list);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.hosts;
}

/** Every name leads to loopback, so that names of other origins can be played by one publisher. */
const toLoopback = async (): Promise<readonly string[]> => ['127.0.0.1'];

function fetcher(allowedHosts: AllowedHosts, options: Partial<GuardedFetcherOptions> = {}) {
  return createGuardedFetcher({
    userAgent: 'Sitrep/test (+https://example.com/about)',
    allowedHosts,
    resolve: toLoopback,
    ...options,
  });
}

const day = 86_400_000;
const certificateFor = (...names: string[]) =>
  testCertificate(names, { from: Date.now() - day, until: Date.now() + day });

describe('a plain fetch', () => {
  it('gives status, headers, body and what it cost', async () => {
    const site = await publisher();
    site.serve('/feed?a=1', {
      headers: { ETag: '"1"', 'X-Two': ['a', 'b'], 'Set-Cookie': 'c=1' },
      body: '<rss/>',
    });
    const result = await fetcher(allowing(site.host)).fetch({ url: `${site.url('/feed?a=1')}#top` });
    expect(result).toMatchObject({ kind: 'response', status: 200, movedTo: null, requests: 1 });
    if (result.kind !== 'response') return;
    expect(result.url).toBe(site.url('/feed?a=1'));
    expect(Buffer.from(result.body).toString()).toBe('<rss/>');
    expect(Object.fromEntries(result.headers)).toMatchObject({ etag: '"1"', 'x-two': 'a, b' });
    expect(result.headers.has('set-cookie')).toBe(false);
    expect(result.wireBytes).toBeGreaterThan('<rss/>'.length);
  });

  it('introduces itself, asks for feeds, and sends neither cookies nor a referrer', async () => {
    const site = await publisher();
    site.serve('/feed', { headers: { 'Set-Cookie': 'c=1' }, body: 'x' });
    const subject = fetcher(allowing(site.host));
    await subject.fetch({ url: site.url('/feed') });
    await subject.fetch({ url: site.url('/feed') });
    const headers = site.requests[1]?.headers ?? {};
    expect(headers['user-agent']).toBe('Sitrep/test (+https://example.com/about)');
    expect(headers.accept).toMatch(/^application\/rss\+xml, application\/atom\+xml, application\/feed\+json/);
    expect(headers['accept-encoding']).toMatch(/^gzip, deflate, br(, zstd)?$/);
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it.each(['', ' x', 'a\r\nb', 'caf\u00e9\u2713'])('does not start with %j for a user agent', (userAgent) => {
    expect(() => fetcher(noAllowedHosts, { userAgent })).toThrow(/Expected userAgent to be a header value/);
  });

  it('gives an answer that is no 200 with its status and headers', async () => {
    const site = await publisher();
    site.serve('/feed', { status: 503, headers: { 'Retry-After': '5' } });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'response', status: 503, requests: 1 });
    expect(result.kind === 'response' && result.headers.get('retry-after')).toBe('5');
  });

  it('uses a connection again, and makes a new one when the server had closed it meanwhile', async () => {
    const site = await publisher();
    site.serve('/feed', { body: 'one' }, { body: 'two' }, ({ socket }) => socket.destroy(), { body: 'four' });
    const subject = fetcher(allowing(site.host));
    const fetchBody = async () => {
      const result = await subject.fetch({ url: site.url('/feed') });
      return result.kind === 'response'
        ? [Buffer.from(result.body).toString(), result.requests]
        : [result.reason, result.requests];
    };
    expect(await fetchBody()).toEqual(['one', 1]);
    expect(await fetchBody()).toEqual(['two', 1]);
    expect(site.connections()).toBe(1);
    expect(await fetchBody()).toEqual(['four', 2]);
    expect(site.connections()).toBe(2);
  });
});

describe('the guard', () => {
  it('reaches a private listener that the operator vouches for, in another spelling too', async () => {
    const site = await publisher();
    site.serve('/', { body: 'in-house' });
    const result = await fetcher(allowing(site.host)).fetch({ url: `http://127.1:${site.port}/` });
    expect(result).toMatchObject({ status: 200 });
  });

  it('allows no other port and no other private host than the operator named', async () => {
    const site = await publisher();
    const subject = fetcher(allowing(`127.0.0.1:${site.port + 1}`, '127.0.0.2'));
    const result = await subject.fetch({ url: site.url('/') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'guarded' });
    expect(site.connections()).toBe(0);
  });

  it('connects to the vetted address and keeps the name in Host, with one resolution per request', async () => {
    const site = await publisher();
    site.serve('/feed', { body: 'x' });
    const names: string[] = [];
    const resolve = async (hostname: string) => {
      names.push(hostname);
      return ['127.0.0.1'];
    };
    const subject = fetcher(allowing('in-house.example'), { resolve });
    for (const round of [1, 2]) {
      const result = await subject.fetch({ url: site.url('/feed', 'in-house.example') });
      expect(result).toMatchObject({ kind: 'response', status: 200 });
      expect(names).toEqual(Array.from({ length: round }, () => 'in-house.example'));
    }
    expect(site.requests[0]?.headers.host).toBe(`in-house.example:${site.port}`);
  });

  it.each([
    ['an error', () => Promise.reject(new Error('queryA ENOTFOUND gone.example'))],
    ['no address', () => Promise.resolve([])],
    [
      'a throw',
      () => {
        throw new Error('broken resolver');
      },
    ],
  ])('calls it dns when the resolver gives %s', async (_what, resolve) => {
    const result = await fetcher(noAllowedHosts, { resolve }).fetch({ url: 'http://gone.example/' });
    expect(result).toMatchObject({ kind: 'failure', reason: 'dns', requests: 0 });
    expect(result.kind === 'failure' && result.detail).toContain('gone.example');
  });

  it('calls it connect when nobody listens', async () => {
    const site = await publisher();
    await site.close();
    open.length = 0;
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'connect', requests: 0 });
  });
});

describe('redirects', () => {
  const redirect = (location: string, status = 302) => ({
    status,
    headers: { Location: location },
    body: 'moved',
  });

  it('follows 301, 302, 303, 307 and 308 and gives the final address', async () => {
    const site = await publisher();
    for (const [at, status] of [301, 302, 303, 307, 308].entries()) {
      site.serve(`/${at}`, redirect(`/${at + 1}`, status));
    }
    site.serve('/5', { body: 'there' });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/0') });
    expect(result).toMatchObject({ status: 200, url: site.url('/5'), movedTo: null, requests: 6 });
  });

  it('reports a move only when every hop was permanent', async () => {
    const site = await publisher();
    site.serve('/a', redirect('/b', 301));
    site.serve('/b', redirect('/c', 308));
    site.serve('/c', { body: 'x' });
    site.serve('/d', redirect('/a', 307));
    const subject = fetcher(allowing(site.host));
    expect(await subject.fetch({ url: site.url('/a') })).toMatchObject({ movedTo: site.url('/c') });
    expect(await subject.fetch({ url: site.url('/d') })).toMatchObject({
      movedTo: null,
      url: site.url('/c'),
    });
    expect(await subject.fetch({ url: site.url('/c') })).toMatchObject({ movedTo: null });
  });

  it('does not wait for the body of a redirect', async () => {
    const site = await publisher();
    site.serve('/feed', drip('HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n'));
    site.serve('/there', { body: 'x' });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ status: 200, requests: 2 });
  });
});

describe('conditional requests', () => {
  const validators = { etag: 'W/"odd "" tag', lastModified: 'Thu, 15 Jan 2026 12:00:00 GMT' };

  it('sends both validators verbatim and takes a 304', async () => {
    const site = await publisher();
    site.serve('/feed', { status: 304 });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed'), ...validators });
    expect(result).toMatchObject({ kind: 'response', status: 304, requests: 1 });
    expect(result.wireBytes).toBeLessThan(1_000);
    expect(site.requests[0]?.headers).toMatchObject({
      'if-none-match': validators.etag,
      'if-modified-since': validators.lastModified,
    });
  });

  it('takes a 304 to an unconditional request for a protocol error', async () => {
    const site = await publisher();
    site.serve('/feed', { status: 304 });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'protocol' });
  });

  it('P39: never sends what would inject a header', async () => {
    const site = await publisher();
    site.serve('/feed', { body: 'x' });
    const result = await fetcher(allowing(site.host)).fetch({
      url: site.url('/feed'),
      etag: '"a"\r\nX-Evil: 1',
      lastModified: 'a\nb',
    });
    expect(result).toMatchObject({ status: 200 });
    expect(site.requests[0]?.headers).not.toHaveProperty('x-evil');
    expect(site.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('P21: shows the validators of one address to no other, on the same host or another', async () => {
    const site = await publisher();
    const other = await publisher();
    site.serve('/feed', { status: 301, headers: { Location: '/next' } });
    site.serve('/next', { status: 302, headers: { Location: other.url('/feed') } });
    other.serve('/feed', { body: 'x' });
    const result = await fetcher(allowing(site.host, other.host)).fetch({
      url: site.url('/feed'),
      ...validators,
    });
    expect(result).toMatchObject({ status: 200, url: other.url('/feed') });
    expect(site.requests.map((request) => 'if-none-match' in request.headers)).toEqual([true, false]);
    expect(other.requests.map((request) => 'if-none-match' in request.headers)).toEqual([false]);
  });

  it('asks a feed behind a redirect conditionally, at the address that gave the validators', async () => {
    const site = await publisher();
    const other = await publisher();
    site.serve('/feed', { status: 302, headers: { Location: other.url('/feed') } });
    other.serve('/feed', { status: 304 });
    const subject = fetcher(allowing(site.host, other.host));
    const request = { url: site.url('/feed'), ...validators, validatorsUrl: other.url('/feed') };
    expect(await subject.fetch(request)).toMatchObject({ status: 304, url: other.url('/feed') });
    expect(site.requests[0]?.headers).not.toHaveProperty('if-none-match');
    other.serve('/feed', { status: 302, headers: { Location: '/moved' } });
    other.serve('/moved', { status: 304 });
    expect(await subject.fetch(request)).toMatchObject({ kind: 'failure', reason: 'protocol' });
  });
});

describe('the deadline', () => {
  const limits = { deadlineMs: 150 };

  it.each(['gzip', 'br'])('ends a %s body that never begins', async (coding) => {
    const site = await publisher();
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: 100\r\n\r\n`;
    site.serve('/feed', ({ socket }) => socket.write(head));
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout' });
  });

  it('covers a resolver that never answers', async () => {
    const resolve = () => new Promise<readonly string[]>(() => {});
    const result = await fetcher(noAllowedHosts, { resolve, limits }).fetch({ url: 'http://slow.example/' });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout', requests: 0 });
  });

  it('keeps the status of an answer whose error page never ends', async () => {
    const site = await publisher();
    site.serve('/feed', drip('HTTP/1.1 429 Slow Down\r\nRetry-After: 60\r\n\r\n'));
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'response', status: 429 });
  });
});

describe('TLS', () => {
  it('keeps the name for SNI and verification, and uses the connection again', async () => {
    const certificate = certificateFor('news.example');
    const site = await publisher(certificate);
    site.serve('/feed', { body: 'secure' });
    const subject = fetcher(allowing('news.example'), { ca: certificate.cert });
    for (const connection of [1, 1]) {
      const result = await subject.fetch({ url: site.url('/feed', 'news.example') });
      expect(result).toMatchObject({ kind: 'response', status: 200 });
      expect(site.requests.at(-1)?.connection).toBe(connection);
    }
    expect(site.requests[0]?.headers.host).toBe(`news.example:${site.port}`);
  });

  it('refuses a certificate that nobody vouches for, that is for another name, or that has expired', async () => {
    const trusted = certificateFor('news.example');
    const expired = testCertificate(['news.example'], {
      from: Date.now() - 3 * day,
      until: Date.now() - day,
    });
    const cases = [
      { certificate: certificateFor('news.example'), ca: trusted.cert, name: 'news.example' },
      { certificate: trusted, ca: trusted.cert, name: 'other.example' },
      { certificate: expired, ca: expired.cert, name: 'news.example' },
    ];
    for (const { certificate, ca, name } of cases) {
      const site = await publisher(certificate);
      const result = await fetcher(allowing(name), { ca }).fetch({ url: site.url('/feed', name) });
      expect(result).toMatchObject({ kind: 'failure', reason: 'tls', requests: 0 });
      expect(site.requests).toEqual([]);
    }
  });

  it('calls a server that speaks no TLS a TLS failure', async () => {
    const site = await publisher();
    const url = `https://news.example:${site.port}/feed`;
    expect(await fetcher(allowing('news.example')).fetch({ url })).toMatchObject({
      kind: 'failure',
      reason: 'tls',
    });
  });
});
