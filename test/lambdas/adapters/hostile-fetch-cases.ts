import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FetchLimits } from '../../../lambdas/adapters/fetch/limits.ts';
import type { PollOutcome } from '../../../lambdas/core/poll/poll-outcome.ts';
import { documentOf, type HostileWorld, type Names } from '../../support/hostile-world.ts';
import { type Answer, drip, flood, raw, rawThenReset, stall } from '../../support/publisher.ts';

/**
 * One hostile publisher or address. `at` sets the stage and gives the address to poll; `outcome` is how the poll must end,
 * `requests` how many requests it may have cost, `lookups` how many names it may have asked for (absent: not looked at).
 */
export interface HostileCase {
  readonly id: string;
  readonly what: string;
  readonly at: (world: HostileWorld) => string;
  readonly outcome: PollOutcome;
  readonly requests?: number;
  readonly lookups?: number;
  readonly names?: Names;
  readonly limits?: Partial<FetchLimits>;
}

/** An address that is refused as it stands: no lookup, no connection, no request. */
const refused = (id: string, ...urls: readonly string[]): HostileCase[] =>
  urls.map((url) => ({ id, what: url, at: () => url, outcome: 'guarded', requests: 0, lookups: 0 }));

/** A public name whose addresses are refused: one lookup, no request. */
const resolved = (id: string, ...addresses: readonly (readonly string[])[]): HostileCase[] =>
  addresses.map((answer) => ({
    id,
    what: `a public name at ${answer.join(' and ')}`,
    at: () => 'http://evil.example/',
    outcome: 'guarded',
    requests: 0,
    lookups: 1,
    names: { 'evil.example': [answer] },
  }));

/** A feed whose publisher answers like this. */
const answered = (
  id: string,
  what: string,
  answer: Answer,
  rest: Pick<HostileCase, 'outcome'> & Partial<HostileCase>,
): HostileCase => ({
  id,
  what,
  at: ({ site }) => {
    site.serve('/feed', answer);
    return site.url('/feed', 'news.example');
  },
  requests: 1,
  ...rest,
});

const redirect = (location: string, status = 302): Answer => ({ status, headers: { Location: location } });

/** A feed that leads, after so many hops on its own site, to an address that must not be asked. */
const redirected = (
  id: string,
  hops: number,
  ...targets: readonly (string | ((world: HostileWorld) => string))[]
): HostileCase[] =>
  targets.map((target) => ({
    id,
    what: `hop ${hops} leads to ${typeof target === 'string' ? target : 'a private listener'}`,
    at: (world) => {
      const { site } = world;
      for (let hop = 1; hop < hops; hop += 1) site.serve(`/${hop}`, redirect(`/${hop + 1}`, 301));
      site.serve(`/${hops}`, redirect(typeof target === 'string' ? target : target(world)));
      return site.url('/1', 'news.example');
    },
    outcome: 'guarded',
    requests: hops,
  }));

const toSecret = ({ secret }: HostileWorld): string => secret.url('/2018-06-01/runtime/invocation/next');
const ok = 'HTTP/1.1 200 OK\r\n';
const coded = (coding: string, body: Uint8Array): Answer => ({
  headers: { 'Content-Encoding': coding },
  body,
});
const zeros = Buffer.alloc(50e6);
const brief = { deadlineMs: 150 };
const caps = { wireBytesMax: 64 * 1024, decodedBytesMax: 256 * 1024 };
const broken = (id: string, what: string, bytes: string): HostileCase =>
  answered(id, what, raw(bytes), { outcome: 'protocol' });

const addresses: readonly HostileCase[] = [
  ...refused('P01', 'file:///proc/self/environ', 'FILE:///etc/passwd'),
  ...redirected('P01', 1, 'file:///proc/self/environ'),
  ...refused(
    'P02',
    'gopher://127.0.0.1:70/',
    'ftp://e.example/',
    'data:text/xml,<rss/>',
    'blob:https://e.example/1',
    'ws://e.example/',
    'jar:http://e.example/a!/b',
    'dict://e.example/',
    'JaVaScRiPt:1',
  ),
  ...redirected('P02', 1, 'gopher://127.0.0.1:70/', 'JaVaScRiPt:1'),
  ...refused('P03', 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next'),
  ...redirected('P03', 1, 'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next', toSecret),
  ...refused(
    'P04',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/',
    'http://127\u30020\u30020\u30021/',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
  ),
  ...refused('P05', 'http://[::1]/', 'http://[::]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/'),
  ...resolved('P05', ['::1'], ['::ffff:127.0.0.1']),
  ...refused('P07', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[64:ff9b:1::a9fe:a9fe]/'),
  ...resolved('P07', ['64:ff9b::a9fe:a9fe'], ['64:ff9b:1::a9fe:a9fe']),
  ...refused('P08', 'http://[2002:a9fe:a9fe::]/', 'http://[2001:0:a9fe::]/'),
  ...resolved('P08', ['2002:a9fe:a9fe::'], ['2001:0:a9fe::']),
  ...refused(
    'P09',
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.100.1:2000/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
  ),
  ...resolved('P09', ['169.254.169.254'], ['fd00:ec2::254'], ['fe80::1']),
  ...resolved('P11', ['169.254.169.254'], ['127.0.0.1'], ['10.0.0.5'], ['not an address']),
  ...resolved('P12', ['93.184.216.34', '10.0.0.5'], ['10.0.0.5', '93.184.216.34']),
  ...resolved('P12', ['2606:2800:220:1::1', '::ffff:93.184.216.34']),
  {
    id: 'P13',
    what: 'a name that rebinds to a private address for the next hop',
    at: ({ site }) => {
      site.serve('/feed', redirect('http://evil.example/2'));
      return site.url('/feed', 'news.example');
    },
    outcome: 'guarded',
    requests: 1,
    lookups: 2,
    names: { 'evil.example': [['127.0.0.1']] },
  },
  {
    id: 'P13',
    what: 'a vouched-for name whose second answer leads elsewhere: the checked address is the one that is asked',
    at: ({ site }) => {
      site.serve('/feed', { body: documentOf() });
      return site.url('/feed', 'news.example');
    },
    outcome: 'new-entries',
    requests: 1,
    lookups: 1,
    names: { 'news.example': [['127.0.0.1'], ['127.99.99.99']] },
  },
  ...['127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', 'localhost.'].map(
    (host): HostileCase => ({
      id: 'P14',
      what: `a listener at the literal ${host}`,
      at: ({ secret }) => secret.url('/', host),
      outcome: 'guarded',
      requests: 0,
      lookups: 0,
    }),
  ),
  ...redirected('P15', 1, toSecret, 'http://169.254.169.254/', 'http://localhost/', '//127.0.0.1/'),
  ...redirected('P16', 3, toSecret, 'http://169.254.169.254/', 'http:\\\\127.1\\'),
  ...refused(
    'P20',
    'http://example.com@127.0.0.1/',
    'http://user:pw@169.254.169.254/',
    'http://127.0.0.1#@example.com/',
    'http://user@news.example/',
  ),
  ...[22, 25, 81, 6379, 9001].flatMap((port) => refused('P23', `http://public.example:${port}/`)),
  ...redirected('P23', 1, 'http://public.example:6379/'),
  answered('P23', 'a redirect to port 65536', redirect('http://public.example:65536/'), {
    outcome: 'redirected',
  }),
];

const redirects: readonly HostileCase[] = [
  {
    id: 'P17',
    what: 'two addresses that lead to each other',
    at: ({ site }) => {
      site.serve('/a', redirect('/b'));
      site.serve('/b', redirect('/a#again'));
      return site.url('/a', 'news.example');
    },
    outcome: 'redirected',
    requests: 2,
  },
  {
    id: 'P17',
    what: 'a chain of fifty',
    at: ({ site }) => {
      for (let hop = 0; hop < 50; hop += 1) site.serve(`/${hop}`, redirect(`/${hop + 1}`));
      return site.url('/0', 'news.example');
    },
    outcome: 'redirected',
    requests: 6,
  },
  {
    id: 'P17',
    what: 'a chain whose second hop hangs, under the one deadline',
    at: ({ site }) => {
      site.serve('/1', redirect('/2'));
      site.serve('/2', stall);
      return site.url('/1', 'news.example');
    },
    outcome: 'timeout',
    requests: 2,
    limits: brief,
  },
  {
    id: 'P19',
    what: 'https that leads to http on the same name',
    at: ({ secure, site }) => {
      site.serve('/feed', { body: documentOf() });
      secure.serve('/feed', redirect(site.url('/feed', 'tls.example'), 301));
      return secure.url('/feed', 'tls.example');
    },
    outcome: 'redirected',
    requests: 1,
  },
  ...[
    ['none', ''],
    ['an empty one', 'Location:\r\n'],
    ['no address', 'Location: http://[x\r\n'],
    ['20 KB', `Location: /${'a'.repeat(20_000)}\r\n`],
  ].map(([what, header]) =>
    answered('P22', `Location: ${what}`, raw(`HTTP/1.1 302 Found\r\n${header}Content-Length: 0\r\n\r\n`), {
      outcome: 'redirected',
    }),
  ),
  answered(
    'P22',
    'Location of 64 KB',
    raw(`HTTP/1.1 302 Found\r\nLocation: /${'a'.repeat(65_536)}\r\n\r\n`),
    {
      outcome: 'protocol',
    },
  ),
  ...redirected('P22', 1, '//127.0.0.1/', '\\\\127.0.0.1\\', 'http:/\\127.0.0.1'),
  {
    id: 'P22',
    what: 'Location in raw UTF-8, which is an address',
    at: ({ site }) => {
      site.serve('/feed', raw('HTTP/1.1 302 Found\r\nLocation: /', Buffer.from('actualités'), '\r\n\r\n'));
      site.serve('/actualit%C3%A9s', { body: documentOf() });
      return site.url('/feed', 'news.example');
    },
    outcome: 'new-entries',
    requests: 2,
  },
];

const bodies: readonly HostileCase[] = [
  answered('P25', 'Content-Length of 10 GB', raw(`${ok}Content-Length: 10000000000\r\n\r\n<rss>`), {
    outcome: 'too-large',
  }),
  answered(
    'P26',
    'chunks without end',
    flood(`${ok}Transfer-Encoding: chunked\r\n\r\n`, Buffer.from(`4000\r\n${'x'.repeat(16_384)}\r\n`)),
    { outcome: 'too-large', limits: caps },
  ),
  answered('P27', 'gzip, 50 MB of zeros', coded('gzip', gzipSync(zeros)), { outcome: 'too-large' }),
  answered('P28', 'brotli, 50 MB of zeros', coded('br', brotliCompressSync(zeros)), { outcome: 'too-large' }),
  answered('P29', 'gzip within gzip', coded('gzip, gzip', gzipSync(gzipSync(documentOf()))), {
    outcome: 'protocol',
  }),
  answered('P30', 'ten codings', coded('gzip,'.repeat(10), gzipSync(documentOf())), { outcome: 'protocol' }),
  answered('P32', 'no answer at all', stall, { outcome: 'timeout', limits: brief }),
  answered('P32', 'headers that drip', drip(`${ok}X-Slow: `), { outcome: 'timeout', limits: brief }),
  answered('P33', 'a body that drips', drip(`${ok}Content-Length: 100000\r\n\r\n<rss>`), {
    outcome: 'timeout',
    limits: brief,
  }),
  ...(
    [
      ['reset within its length', rawThenReset(`${ok}Content-Length: 9000\r\n\r\n${documentOf()}`)],
      ['closed before its length', raw(`${ok}Content-Length: 9000\r\n\r\n${documentOf()}`)],
      ['no last chunk', raw(`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n`)],
      ['half of its gzip data', coded('gzip', gzipSync(documentOf()).subarray(0, 60))],
    ] as const
  ).map(([what, answer]) => answered('P34', what, answer, { outcome: 'protocol' })),
  answered(
    'P35',
    '120 header fields, as real publishers send',
    {
      headers: Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`X-${at}`, 'v'.repeat(80)])),
      body: documentOf(),
    },
    { outcome: 'new-entries' },
  ),
  broken('P36', '3,000 header fields', `${ok}${'x-a: v\r\n'.repeat(3_000)}\r\n`),
  broken('P36', '64 KB of headers', `${ok}X-A: ${'v'.repeat(65_536)}\r\n\r\n`),
];

const page = (body: string, type = 'text/html', headers = {}): Answer => ({
  headers: { 'Content-Type': type, ...headers },
  body,
});

const answers: readonly HostileCase[] = [
  answered(
    'P41',
    'a bot check',
    page('<html><title>Just a moment...</title><script>_cf_chl_opt</script></html>'),
    {
      outcome: 'challenge-page',
    },
  ),
  answered('P41', 'a login page', page('<html><form><input type="password"></form></html>'), {
    outcome: 'login-page',
  }),
  answered('P41', 'a parked domain', page('<html>This domain is for sale</html>'), {
    outcome: 'parking-page',
  }),
  answered(
    'P41',
    'a page labelled as a feed',
    page('<html><body>Hello</body></html>', 'application/rss+xml'),
    {
      outcome: 'not-a-feed',
    },
  ),
  answered(
    'P41',
    'a feed under a challenge',
    page(documentOf(), 'text/xml', { 'cf-mitigated': 'challenge' }),
    {
      outcome: 'challenge-page',
    },
  ),
  ...['', ' \n\t '].map((body) =>
    answered('P42', `a body of ${body.length} blanks`, { body }, { outcome: 'parse-failed' }),
  ),
  ...(
    [
      ['both lengths', 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n'],
      ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
      ['a folded header', 'X-A: b\r\n c\r\nContent-Length: 0\r\n\r\n'],
    ] as const
  ).map(([what, rest]) => broken('P48', what, `${ok}${rest}`)),
  broken('P48', 'bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'),
  broken('P48', 'a status of letters', 'HTTP/1.1 2xx OK\r\n\r\n'),
  broken('P48', 'interim answers without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200)),
  ...(
    [
      [201, 'protocol'],
      [203, 'protocol'],
      [204, 'protocol'],
      [206, 'protocol'],
      [226, 'protocol'],
      [300, 'redirected'],
      [304, 'protocol'],
      [401, 'blocked'],
      [402, 'blocked'],
      [451, 'blocked'],
      [503, 'server-error'],
      [999, 'protocol'],
    ] as const
  ).map(([status, outcome]) =>
    answered('P49', `a feed under status ${status}`, { status, body: documentOf() }, { outcome }),
  ),
];

/** Every case that one poll decides. */
export const hostileCases: readonly HostileCase[] = [...addresses, ...redirects, ...bodies, ...answers];
