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
import { drip, type Publisher, raw, stall, startPublisher } from '../../support/publisher.ts';

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

  it.each([201, 203, 204, 206, 226, 300, 401, 402, 451, 503, 999])(
    'gives a %d as its status',
    async (status) => {
      const site = await publisher();
      site.serve('/feed', { status, headers: { 'Retry-After': '5' } });
      const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
      expect(result).toMatchObject({ kind: 'response', status, requests: 1 });
      expect(result.kind === 'response' && result.headers.get('retry-after')).toBe('5');
    },
  );

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
  it.each([
    'file:///proc/self/environ',
    'gopher://127.0.0.1:70/',
    'data:text/xml,<rss/>',
    'JaVaScRiPt:1',
    'no address at all',
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://example.com@127.0.0.1/',
    'http://example.com:6379/',
    'http://localhost/',
  ])('refuses %s without a lookup or a request', async (url) => {
    let lookups = 0;
    const resolve = async () => {
      lookups += 1;
      return ['127.0.0.1'];
    };
    const result = await fetcher(noAllowedHosts, { resolve }).fetch({ url });
    expect(result).toMatchObject({ kind: 'failure', reason: 'guarded', requests: 0, wireBytes: 0 });
    expect(lookups).toBe(0);
  });

  it('opens no connection to a private listener in any spelling, though it answers when allowed', async () => {
    const site = await publisher();
    site.serve('/', { body: 'secret' });
    const port = String(site.port);
    const spellings = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0',
      '[::ffff:127.0.0.1]',
      '[::1]',
      'localhost.',
    ];
    for (const host of spellings) {
      const result = await fetcher(noAllowedHosts).fetch({ url: `http://${host}:${port}/` });
      expect(result, host).toMatchObject({ kind: 'failure', reason: 'guarded' });
    }
    expect(site.connections()).toBe(0);
    expect(await fetcher(allowing(site.host)).fetch({ url: `http://127.1:${port}/` })).toMatchObject({
      status: 200,
    });
  });

  it('allows no other port and no other private host than the operator named', async () => {
    const site = await publisher();
    const subject = fetcher(allowing(`127.0.0.1:${site.port + 1}`, '127.0.0.2'));
    const result = await subject.fetch({ url: site.url('/') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'guarded' });
    expect(site.connections()).toBe(0);
  });

  it.each([
    [['169.254.169.254']],
    [['127.0.0.1']],
    [['93.184.216.34', '10.0.0.5']],
    [['10.0.0.5', '93.184.216.34']],
    [['2606:2800:220:1::1', 'fd00:ec2::254']],
    [['::ffff:93.184.216.34']],
    [['64:ff9b::a9fe:a9fe']],
    [['93.184.216.34', 'not an address']],
  ])('refuses a public name that resolves to %j', async (addresses) => {
    const resolve = async () => addresses;
    const result = await fetcher(noAllowedHosts, { resolve }).fetch({ url: 'http://evil.example/' });
    expect(result).toMatchObject({ kind: 'failure', reason: 'guarded', requests: 0 });
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

  it('checks every hop: a private target ends the chain before a connection', async () => {
    const site = await publisher();
    const secret = await publisher();
    const targets = [
      secret.url('/x'),
      'http://169.254.169.254/',
      '//127.0.0.1/',
      'file:///etc/passwd',
      'http:\\\\127.1\\',
    ];
    for (const target of targets) {
      site.serve('/1', redirect('/2'));
      site.serve('/2', redirect('/3', 308));
      site.serve('/3', redirect(target));
      const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/1') });
      expect(result, target).toMatchObject({ kind: 'failure', reason: 'guarded', requests: 3 });
    }
    expect(secret.connections()).toBe(0);
  });

  it('vets the addresses of a name it is led to', async () => {
    const site = await publisher();
    site.serve('/feed', redirect('http://evil.example/'));
    const resolve = async (hostname: string) => (hostname === 'evil.example' ? ['10.0.0.5'] : ['127.0.0.1']);
    const result = await fetcher(allowing(site.host), { resolve }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'guarded', requests: 1 });
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

  it('ends a loop and a long chain within the cap', async () => {
    const site = await publisher();
    site.serve('/a', redirect('/b'));
    site.serve('/b', redirect('/a#again'));
    for (let at = 0; at < 50; at += 1) site.serve(`/${at}`, redirect(`/${at + 1}`));
    const subject = fetcher(allowing(site.host));
    expect(await subject.fetch({ url: site.url('/a') })).toMatchObject({ reason: 'redirected', requests: 2 });
    expect(await subject.fetch({ url: site.url('/0') })).toMatchObject({ reason: 'redirected', requests: 6 });
    expect(site.hits('/6')).toBe(0);
  });

  it.each([
    ['none', 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n'],
    ['an empty one', 'HTTP/1.1 302 Found\r\nLocation:\r\nContent-Length: 0\r\n\r\n'],
    ['one that is no address', 'HTTP/1.1 302 Found\r\nLocation: http://[x\r\nContent-Length: 0\r\n\r\n'],
    ['an overlong one', `HTTP/1.1 302 Found\r\nLocation: /${'a'.repeat(9_000)}\r\nContent-Length: 0\r\n\r\n`],
  ])('refuses a redirect with a broken Location: %s', async (_what, bytes) => {
    const site = await publisher();
    site.serve('/feed', raw(bytes));
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'redirected', requests: 1 });
  });

  it('follows a Location in raw UTF-8', async () => {
    const site = await publisher();
    site.serve('/feed', raw('HTTP/1.1 302 Found\r\nLocation: /', Buffer.from('actualités'), '\r\n\r\n'));
    site.serve('/actualit%C3%A9s', { body: 'bonjour' });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ status: 200, url: site.url('/actualit%C3%A9s') });
  });

  it('does not follow from https to http', async () => {
    const certificate = certificateFor('news.example');
    const site = await publisher(certificate);
    const plain = await publisher();
    site.serve('/feed', redirect(plain.url('/feed', 'news.example'), 301));
    const result = await fetcher(allowing('news.example'), { ca: certificate.cert }).fetch({
      url: site.url('/feed', 'news.example'),
    });
    expect(result).toMatchObject({ kind: 'failure', reason: 'redirected', requests: 1 });
    expect(plain.connections()).toBe(0);
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

  it('echoes an ETag with bytes beyond ASCII byte for byte', async () => {
    const site = await publisher();
    site.serve('/feed', raw('HTTP/1.1 200 OK\r\nETag: "\xe9\xff"\r\nContent-Length: 0\r\n\r\n'), {
      status: 304,
    });
    const subject = fetcher(allowing(site.host));
    const first = await subject.fetch({ url: site.url('/feed') });
    const etag = first.kind === 'response' ? first.headers.get('etag') : undefined;
    await subject.fetch({ url: site.url('/feed'), ...(etag === undefined ? {} : { etag }) });
    expect(site.requests[1]?.headers['if-none-match']).toBe('"\xe9\xff"');
  });

  it('takes a 304 to an unconditional request for a protocol error', async () => {
    const site = await publisher();
    site.serve('/feed', { status: 304 });
    const result = await fetcher(allowing(site.host)).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'protocol' });
  });

  it('never sends what would inject a header', async () => {
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

  it('shows the validators of one address to no other, on the same host or another', async () => {
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

  it('ends a fetch whose server says nothing', async () => {
    const site = await publisher();
    site.serve('/feed', stall);
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout', requests: 1 });
  });

  it('ends a body that drips, which no idle timer would', async () => {
    const site = await publisher();
    site.serve('/feed', drip('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>'));
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout' });
    expect(result.wireBytes).toBeGreaterThan(0);
  });

  it('ends headers that drip', async () => {
    const site = await publisher();
    site.serve('/feed', drip('HTTP/1.1 200 OK\r\nX-Slow: '));
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout' });
  });

  it.each(['gzip', 'br'])('ends a %s body that never begins', async (coding) => {
    const site = await publisher();
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: 100\r\n\r\n`;
    site.serve('/feed', ({ socket }) => socket.write(head));
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/feed') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout' });
  });

  it('covers the whole chain, not each hop', async () => {
    const site = await publisher();
    site.serve('/1', { status: 302, headers: { Location: '/2' } });
    site.serve('/2', { status: 302, headers: { Location: '/3' } });
    site.serve('/3', stall);
    const result = await fetcher(allowing(site.host), { limits }).fetch({ url: site.url('/1') });
    expect(result).toMatchObject({ kind: 'failure', reason: 'timeout', requests: 3 });
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

  it('of one feed costs the others nothing', async () => {
    const site = await publisher();
    site.serve('/slow', stall);
    site.serve('/fast', { body: 'x' });
    const subject = fetcher(allowing(site.host), { limits });
    const results = await Promise.all(
      ['/fast', '/slow', '/fast', '/fast'].map((path) => subject.fetch({ url: site.url(path) })),
    );
    expect(results.map((result) => result.kind)).toEqual(['response', 'failure', 'response', 'response']);
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
