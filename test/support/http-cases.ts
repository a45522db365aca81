import { browserAccepts, readerAccepts } from './accept-fields.ts';
import { storyId } from './serve-fixture.ts';

/** One request and what must come back; `headers` and `body` are patterns. GET unless said otherwise. */
export interface HttpCase {
  readonly target: string;
  readonly method?: string;
  readonly send?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, RegExp>>;
  readonly answer?: RegExp;
}

const problem = { 'content-type': /^application\/problem\+json$/, 'cache-control': /^no-store$/ };
const refusal = (parameter: string) => ({
  status: 400,
  headers: problem,
  answer: new RegExp(`"parameter":"${parameter.replace(/[[\]]/g, '\\$&')}"`),
});
const notFound = { status: 404, headers: problem };
const long = 'x'.repeat(9_000);

const page = { 'content-type': /^text\/html; charset=utf-8$/, vary: /^Accept, Accept-Encoding, A-IM$/ };
const rss = { 'content-type': /^application\/rss\+xml/, vary: /^Accept, Accept-Encoding, A-IM$/ };
const target = '/feed.rss';

/** A browser gets a page, everybody else the feed (F10, Q11). */
const negotiationCases: readonly HttpCase[] = [
  ...browserAccepts.map((accept) => ({ target, send: { accept }, status: 200, headers: page })),
  ...readerAccepts.map((accept) => ({ target, send: { accept }, status: 200, headers: rss })),
  {
    target: '/topics/sea.atom?country=FI',
    send: { accept: 'text/html' },
    status: 200,
    headers: { ...page, 'content-security-policy': /^default-src 'none';.* style-src 'sha256-[\w+/]{43}='$/ },
    answer: /<h1>Sitrep: Sea, FI<\/h1>[\s\S]*https:\/\/wire\.example\/topics\/sea\.json\?country=FI/,
  },
  {
    target: '/feed.json',
    send: { accept: 'text/html' },
    status: 200,
    headers: page,
    answer: /Older stories|<ol/,
  },
  { target, method: 'HEAD', send: { accept: 'text/html' }, status: 200, headers: page, answer: /^$/ },
  { target, send: { accept: 'text/html', 'if-none-match': '*' }, status: 304, answer: /^$/ },
  { target, send: { accept: 'text/html', 'a-im': 'feed' }, status: 200, headers: page },
  {
    target: '/feed.rss?q=<svg%20onload=alert(1)>',
    send: { accept: 'text/html' },
    status: 200,
    answer: /^(?!.*<svg)/s,
  },
  { target: '/feed.rss?limit=0', send: { accept: 'text/html' }, ...refusal('limit') },
  { target: '/api/stories', send: { accept: 'text/html' }, status: 200, headers: { 'content-type': /json/ } },
  { target: '/feed.rss', send: { accept: 'application/json' }, status: 200, headers: rss },
];

/** A reader that takes deltas but shows nothing that we know gets the whole document, and a tag that tells what it has. */
const telling = /^"[\w-]{22}\.[\w-]{7,}"$/;
const deltaCases: readonly HttpCase[] = [
  { target, send: { 'a-im': 'feed' }, status: 200, headers: { ...rss, etag: telling } },
  { target, send: { 'a-im': 'gzip, feed;q=0.5' }, status: 200, headers: { etag: telling } },
  { target, send: { 'a-im': 'feed;q=0' }, status: 200, headers: { etag: /^"[\w-]{22}"$/ } },
  { target, send: { 'a-im': 'vcdiff, diffe' }, status: 200, headers: { etag: /^"[\w-]{22}"$/ } },
  { target, send: { 'a-im': 'feed', 'if-none-match': '"x"' }, status: 200, headers: { etag: telling } },
  { target, send: { 'a-im': 'feed', 'if-none-match': '*' }, status: 304, answer: /^$/ },
  {
    target,
    send: { 'a-im': 'feed', 'if-none-match': `"${'A'.repeat(22)}.${'A'.repeat(13)}"` },
    status: 200,
    headers: { etag: telling },
  },
  {
    target: '/feed.rss?country=TV',
    send: { 'a-im': 'feed' },
    status: 200,
    headers: { etag: /^"[\w-]{22}\.[\w-]{6}"$/ },
  },
  { target, send: { 'a-im': `${'feed,'.repeat(1_000)}feed` }, status: 200, headers: { etag: telling } },
];

/** A month that is over is an archive, at an address of its own. */
const archiveCases: readonly HttpCase[] = [
  {
    target: '/archive/2026-10/feed.rss',
    status: 200,
    headers: { ...rss, 'cache-control': /max-age=86400/ },
    answer: /<fh:archive\/>/,
  },
  { target: '/archive/2026-10/topics/sea.atom', status: 200, answer: /<fh:archive/ },
  { target: '/archive/2026-10/feed.json?country=FI', status: 200 },
  { target: '/archive/2026-10/feed.rss', send: { 'if-none-match': '*' }, status: 304 },
  { target: '/archive/2026-11/feed.rss', ...notFound },
  { target: '/archive/2027-01/feed.rss', ...notFound },
  { target: '/archive/2026-13/feed.rss', ...notFound },
  { target: '/archive/1066-10/feed.rss', ...notFound },
  { target: '/archive/2026-10', ...notFound },
  { target: '/archive/2026-10/topics/nope.rss', ...notFound },
  { target: '/archive/2026-10/feed.rss?limit=5', ...refusal('limit') },
  { target: '/archive/2026-10/feed.rss?since=24h', ...refusal('since') },
  { target: '/archive/2026-10/feed.rss?topic=nope', ...refusal('topic') },
  { target: '/archive/2026-10/feed.rss?cursor=AAAA', ...refusal('cursor') },
];

const coded = (accept: string, coding: RegExp): HttpCase => ({
  target,
  send: { 'accept-encoding': accept },
  status: 200,
  headers: { 'content-encoding': coding, etag: /-(?:br|gzip)"$/ },
});
const plain = (accept: string): HttpCase => ({
  target,
  send: { 'accept-encoding': accept },
  status: 200,
  headers: { etag: /^"[\w-]{22}"$/ },
  answer: /<rss/,
});
const codingCases: readonly HttpCase[] = [
  coded('gzip', /^gzip$/),
  coded('gzip, deflate, br, zstd', /^br$/),
  coded('br;q=0.5, gzip;q=0.8', /^gzip$/),
  coded('br;q=0, gzip', /^gzip$/),
  coded('*', /^br$/),
  coded('x-gzip', /^gzip$/),
  coded('GZIP', /^gzip$/),
  plain(''),
  plain('identity'),
  plain('deflate'),
  plain('br;q=0, gzip;q=0'),
  plain('*;q=0'),
  plain('gzip;q=x'),
  {
    target,
    send: { 'accept-encoding': 'gzip', 'if-none-match': '*' },
    status: 304,
    headers: { etag: /-gzip"$/ },
  },
];

const rangeCases: readonly HttpCase[] = [
  { target, send: { range: 'bytes=0-9' }, status: 200, answer: /<\/rss>/ },
  { target, send: { range: 'bytes=9999999-' }, status: 200 },
  { target, send: { range: 'items=0-9', 'if-range': '"x"' }, status: 200 },
  { target, send: { 'if-match': '"x"' }, status: 200 },
  { target, send: { 'if-unmodified-since': 'Sun, 22 Nov 2020 11:00:00 GMT' }, status: 200 },
  { target, send: { 'x-http-method-override': 'DELETE' }, status: 200, headers: rss },
  { target, send: { 'user-agent': '() { :;}; echo' }, status: 200, headers: rss },
  {
    target,
    send: { 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' },
    status: 200,
    headers: rss,
  },
  { target, send: { 'x-long': 'x'.repeat(8_000) }, status: 200, headers: rss },
];

/** The whole behaviour of the HTTP surface that can be told from outside; run against every edge. */
export const httpCases: readonly HttpCase[] = [
  {
    target: '/feed.rss',
    status: 200,
    headers: { 'content-type': /^application\/rss\+xml; charset=utf-8$/ },
    answer: /<rss version="2\.0"/,
  },
  {
    target: '/feed.atom',
    status: 200,
    headers: { 'content-type': /^application\/atom\+xml; charset=utf-8$/ },
  },
  {
    target: '/feed.json',
    status: 200,
    headers: { 'content-type': /^application\/feed\+json; charset=utf-8$/ },
  },
  {
    target: '/feed.rss',
    status: 200,
    headers: {
      etag: /^"[\w-]{22}"$/,
      'last-modified': /^Sun, 22 Nov 2026 10:\d\d:\d\d GMT$/,
      'cache-control': /^public, max-age=900, s-maxage=120, stale-while-revalidate=\d+, stale-if-error=\d+$/,
      vary: /^Accept, Accept-Encoding, A-IM$/,
      'strict-transport-security': /^max-age=\d{8}$/,
    },
  },
  { target: '/feed.rss?', status: 200 },
  { target: '/topics/sea.rss', status: 200, answer: /Sitrep: Sea</ },
  { target: '/topics/sea.submarines.atom', status: 200 },
  { target: '/topics/air.drones.json?country=FI', status: 200, answer: /Drone over the Baltic/ },
  { target: '/topics/unknown.rss', ...notFound },
  { target: '/topics/sea.submarine.rss', ...notFound, answer: /sea\.submarines/ },
  { target: '/topics/SEA.rss', ...notFound },
  { target: '/topics/sea', ...notFound },
  { target: '/topics/sea.xml', ...notFound },
  { target: '/topics/.rss', ...notFound },
  { target: '/topics/sea/submarines.rss', ...notFound },
  { target: '//feed.rss', ...notFound },
  { target: '///feed.rss', ...notFound },
  { target: '//evil.example/feed.rss', ...notFound },
  { target: '/FEED.RSS', ...notFound },
  { target: '/Feed.rss', ...notFound },
  { target: '/feed.rss/', ...notFound },
  { target: '/feed.rss//', ...notFound },
  { target: '/feed%2Erss', ...notFound },
  { target: '/feed.rss%20', ...notFound },
  { target: '/feed.rss;a=b', ...notFound },
  { target: '/feed', ...notFound },
  { target: '/.git/config', ...notFound },
  { target: '/nowhere', ...notFound },
  { target: '/nowhere?limit=0', ...notFound },
  { target: '/%3Cscript%3Ealert(1)%3C/script%3E', ...notFound, answer: /^(?!.*script)/s },
  { target: '/<script>', status: 400, headers: problem, answer: /^(?!.*script)/s },
  { target: '/x/../feed.rss', status: 400, headers: problem },
  { target: '/%2e%2e/feed.rss', status: 400, headers: problem },
  { target: '/\\feed.rss', status: 400, headers: problem },
  { target: '/%00', status: 400, headers: problem },
  { target: '/%ff', status: 400, headers: problem },
  { target: '/%c0%ae', status: 400, headers: problem },
  { target: '/%', status: 400, headers: problem },
  { target: '/é', status: 400, headers: problem },
  { target: `/${long}`, status: 414, headers: problem },
  { target: `/feed.rss?q=${long}`, status: 414, headers: problem },
  { target: `/feed.rss?q=${'x'.repeat(5_000)}`, status: 400, headers: problem },
  { target: `/feed.rss?${'a=b&'.repeat(900)}`, status: 400, headers: problem },
  { target: '/feed.rss?limit=0', ...refusal('limit') },
  { target: '/feed.rss?limit=201', ...refusal('limit') },
  { target: '/feed.rss?limit=1&limit=2', ...refusal('limit') },
  { target: '/feed.rss?topic=nope', ...refusal('topic') },
  { target: '/feed.rss?tag[]=x', ...refusal('tag[]') },
  { target: '/feed.rss?tag%5B%5D=x', ...refusal('tag[]') },
  { target: '/feed.rss?__proto__[x]=1', status: 400, headers: problem },
  { target: '/feed.rss?callback=alert', ...refusal('callback') },
  { target: '/feed.rss?format=../x', ...refusal('format') },
  { target: '/feed.rss?q=%', ...refusal('q') },
  { target: '/feed.rss?q=%00', ...refusal('q') },
  { target: '/feed.rss?q=%ed%a0%80', ...refusal('q') },
  { target: '/feed.rss?since=2025-02-30', ...refusal('since') },
  { target: '/feed.rss?since=275761-01-01', ...refusal('since') },
  { target: '/feed.rss?cursor=AAAA', ...refusal('cursor') },
  { target: '/feed.rss?x=1', ...refusal('x') },
  { target: '/feed.rss?country=TV', status: 200, answer: /<channel>(?!.*<item>)/s },
  { target: '/feed.rss?country=TW&lang=zh', status: 200 },
  { target: '/feed.rss?q=%22)%20OR%20attribute_exists(pk', status: 200 },
  { target: '/feed.rss?q=(a%2B)%2B$', status: 200 },
  { target: '/feed.rss?q=<svg%20onload=alert(1)>', status: 200, answer: /^(?!.*<svg)/s },
  {
    target: '/feed.rss?topic=sea&country=fi',
    status: 200,
    answer: /href="https:\/\/wire\.example\/feed\.rss\?topic=sea&#x26;country=FI"/,
  },
  {
    target: '/api/stories',
    status: 200,
    headers: { 'content-type': /^application\/json; charset=utf-8$/ },
    answer: /^\{"stories":\[\{"id":/,
  },
  {
    target: '/api/stories?topic=sea,air&country=-FI&limit=1',
    status: 200,
    answer: /"nextCursor":"[\w-]+"\}/,
  },
  { target: '/api/stories?country=TV', status: 200, answer: /^\{"stories":\[\],"nextCursor":null\}/ },
  { target: `/api/stories/${storyId(1)}`, status: 200, answer: /"evidence"/ },
  { target: `/api/stories/${storyId(1)}?x=1`, ...refusal('x') },
  { target: `/api/stories/${storyId(77)}`, ...notFound },
  { target: '/api/stories/1', ...notFound },
  {
    target: `/api/clusters/${storyId(1)}`,
    status: 200,
    headers: {
      'content-type': /^application\/json; charset=utf-8$/,
      'cache-control': /^public, max-age=60/,
      etag: /^"/,
    },
    answer: /^\{"id":"story0*1","lead":"story0*1",.*"counts":\{"stories":1,"independent":1,/,
  },
  { target: `/api/clusters/${storyId(1)}`, send: { 'if-none-match': '*' }, status: 304, answer: /^$/ },
  { target: `/api/clusters/${storyId(1)}`, method: 'HEAD', status: 200, answer: /^$/ },
  {
    target: `/api/clusters/${storyId(1)}`,
    method: 'POST',
    status: 405,
    headers: { allow: /GET/, ...problem },
  },
  { target: `/api/clusters/${storyId(1)}?collapse=none`, ...refusal('collapse') },
  { target: `/api/clusters/${storyId(77)}`, ...notFound },
  { target: `/api/clusters/${storyId(1)}/`, ...notFound },
  { target: '/api/clusters/1', ...notFound },
  { target: `/api/clusters/${'a'.repeat(65)}`, ...notFound },
  { target: '/api/clusters', ...notFound },
  { target: '/api/clusters/C%23x', ...notFound },
  { target: '/feed.rss?collapse=none', status: 200, answer: /feed\.rss\?collapse=none"/ },
  { target: '/feed.atom?collapse=copies', status: 200, answer: /href="https:\/\/wire\.example\/feed\.atom"/ },
  { target: '/feed.json?collapse=cluster', status: 200, answer: /"feed_url":"[^"]*\?collapse=cluster"/ },
  { target: '/topics/sea.rss?collapse=cluster', status: 200 },
  { target: '/api/stories?collapse=cluster&limit=1', status: 200, answer: /"nextCursor":"[\w-]+"\}/ },
  { target: '/api/stories?collapse=none', status: 200 },
  { target: '/api/stories?collapse=copies', status: 200 },
  { target: '/api/stories?collapse=clusters', ...refusal('collapse'), answer: /"didYouMean":"cluster"/ },
  { target: '/api/stories?collapse=', ...refusal('collapse') },
  { target: '/api/stories?collapse=Cluster', ...refusal('collapse') },
  { target: '/feed.rss?collapse=none,copies', ...refusal('collapse') },
  { target: '/feed.rss?collapse=none&collapse=copies', ...refusal('collapse') },
  { target: '/feed.rss?collapse[]=none', ...refusal('collapse[]') },
  { target: '/api/topics', status: 200, answer: /^\{"window":\{"since":/ },
  { target: '/api/sources', status: 200, answer: /"harbour-post"/ },
  { target: '/api', ...notFound },
  { target: '/opml', status: 200, headers: { 'content-type': /opml|xml/ }, answer: /<opml version="2\.0"/ },
  {
    target: '/healthz',
    status: 200,
    headers: { 'cache-control': /^no-store$/ },
    answer: /^\{"version":"\d+\.\d+\.\d+","stories":5,/,
  },
  {
    target: '/',
    status: 200,
    headers: {
      'content-type': /^text\/html; charset=utf-8$/,
      'content-security-policy': /^default-src 'none'/,
    },
  },
  { target: '/?utm_source=x', ...refusal('utm_source') },
  {
    target: '/feed.rss',
    method: 'HEAD',
    status: 200,
    headers: { etag: /^"/, 'content-length': /^\d{3,}$/ },
    answer: /^$/,
  },
  { target: '/nowhere', method: 'HEAD', status: 404, answer: /^$/ },
  {
    target: '/feed.rss',
    method: 'OPTIONS',
    status: 204,
    headers: { allow: /^GET, HEAD, OPTIONS$/, 'access-control-allow-methods': /GET/ },
    answer: /^$/,
  },
  {
    target: '/feed.json',
    method: 'OPTIONS',
    send: {
      origin: 'https://reader.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'a-im,if-none-match',
    },
    status: 204,
    headers: {
      'access-control-allow-origin': /^\*$/,
      'access-control-allow-headers': /A-IM, If-None-Match/,
      'access-control-max-age': /^\d+$/,
    },
  },
  { target: '/nowhere', method: 'OPTIONS', status: 404 },
  {
    target: '/feed.rss',
    method: 'POST',
    status: 405,
    headers: { allow: /^GET, HEAD, OPTIONS$/, ...problem },
  },
  // Methods and bodies: Q10.
  { target: '/feed.rss', method: 'PUT', status: 405, headers: { allow: /GET/ } },
  { target: '/feed.rss', method: 'DELETE', status: 405, headers: { allow: /GET/ } },
  { target: '/feed.rss', method: 'PATCH', status: 405, headers: { allow: /GET/ } },
  { target: '/feed.rss', method: 'TRACE', status: 405, headers: { allow: /GET/, ...problem } },
  { target: '/nowhere', method: 'POST', status: 404 },
  { target: '/feed.rss', method: 'PUT', body: 'x'.repeat(1_000), status: 413, headers: problem },
  {
    target: '/feed.rss',
    send: { origin: 'https://evil.example' },
    status: 200,
    headers: { 'access-control-allow-origin': /^\*$/ },
  },
  {
    target: '/feed.rss',
    send: { origin: 'null', cookie: 'a=b' },
    status: 200,
    headers: { 'access-control-allow-origin': /^\*$/ },
  },
  {
    target: '/feed.rss',
    send: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    status: 200,
    answer: /^(?!.*evil)/s,
  },
  {
    target: '/feed.rss',
    send: { 'if-none-match': '*' },
    status: 304,
    headers: {
      etag: /^"/,
      'cache-control': /max-age/,
      vary: /Accept-Encoding/,
      'last-modified': /GMT$/,
      'x-content-type-options': /^nosniff$/,
    },
    answer: /^$/,
  },
  { target: '/feed.rss', send: { 'if-none-match': '"other", W/"another"' }, status: 200 },
  { target: '/feed.rss', send: { 'if-none-match': `${'"x",'.repeat(2_000)}"y"` }, status: 200 },
  { target: '/feed.rss', send: { 'if-none-match': 'garbage' }, status: 200 },
  {
    target: '/feed.rss',
    send: { 'if-modified-since': 'Sun, 22 Nov 2026 11:00:01 GMT' },
    status: 304,
    answer: /^$/,
  },
  {
    target: '/feed.rss',
    send: { 'if-modified-since': 'Sun, 22 Nov 2036 11:00:00 GMT' },
    status: 304,
    answer: /^$/,
  },
  { target: '/feed.rss', send: { 'if-modified-since': 'Sun, 22 Nov 2026 09:59:59 GMT' }, status: 200 },
  { target: '/feed.rss', send: { 'if-modified-since': 'Sun, 22 Nov 2026 11:00:00 GMT' }, status: 200 },
  { target: '/feed.rss', send: { 'if-modified-since': 'garbage' }, status: 200 },
  {
    target: '/feed.rss',
    send: { 'if-none-match': '"x"', 'if-modified-since': 'Sun, 22 Nov 2026 11:00:00 GMT' },
    status: 200,
  },
  { target: '/feed.rss', method: 'HEAD', send: { 'if-none-match': '*' }, status: 304, answer: /^$/ },
  { target: '/healthz', send: { 'if-none-match': '*' }, status: 200 },
  { target: '/nowhere', send: { 'if-none-match': '*' }, status: 404 },
  { target: '/feed.rss?limit=0', send: { 'if-none-match': '*' }, ...refusal('limit') },
  ...negotiationCases,
  ...deltaCases,
  ...archiveCases,
  ...codingCases,
  ...rangeCases,
];
