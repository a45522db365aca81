import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  documentOf,
  type HostileWorld,
  hostilePoller,
  startHostileWorld,
} from '../../support/hostile-world.ts';
import { itemsOf, rssOf } from '../../support/poll-bench.ts';
import { raw, stall } from '../../support/publisher.ts';
import { hostileCases } from './hostile-fetch-cases.ts';

const hour = 3_600_000;

let world: HostileWorld;
beforeEach(async () => {
  world = await startHostileWorld();
});
afterEach(() => world.close());

describe('one poll of a hostile feed, through the guarded fetcher and the poll hop', () => {
  it.each(hostileCases.map((one) => [`${one.id}: ${one.what.slice(0, 90)}`, one] as const))(
    '%s',
    async (_name, one) => {
      const { at, outcome, requests, lookups, names, limits } = one;
      const bench = hostilePoller(
        world,
        { hostile: at(world) },
        { ...(names && { names }), ...(limits && { limits }) },
      );
      const { batchItemFailures } = await bench.poll();
      expect(bench.outcomesOf('hostile')).toEqual([outcome]);
      expect(bench.outcomesOf('good')).toEqual(['new-entries']);
      expect(batchItemFailures).toEqual([]);
      expect(bench.resultOf('hostile')?.requests).toBe(requests);
      if (lookups !== undefined) expect(bench.lookups.length - 1).toBe(lookups);
      expect(bench.entriesOf('hostile')).toHaveLength(outcome === 'new-entries' ? 1 : 0);
      expect(world.secret.connections()).toBe(0);
      // Whatever was refused or broke off is waited for longer than an interval, and nothing of it is kept to ask with.
      const state = bench.states.get('hostile');
      if (outcome === 'new-entries') return;
      expect(state?.notBefore).toBeGreaterThanOrEqual(bench.time.now + 20 * 60_000);
      expect(state).toMatchObject({ etag: null, lastModified: null, window: [], lastSuccessAt: null });
    },
  );
});

describe('a feed that was well before', () => {
  it.each([
    [
      'P34',
      'breaks off',
      raw(`HTTP/1.1 200 OK\r\nETag: "2"\r\nContent-Length: 9000\r\n\r\n${documentOf(2)}`),
    ],
    ['P41', 'answers with a page', { headers: { ETag: '"2"' }, body: '<html><body>Back soon</body></html>' }],
    ['P42', 'is empty', { headers: { ETag: '"2"' }, body: '' }],
    ['P42', 'lists nothing after thirty', { headers: { ETag: '"2"' }, body: rssOf('') }],
  ] as const)(
    '%s: keeps what it listed when it %s, and announces nothing again',
    async (_id, _what, answer) => {
      const thirty = rssOf(itemsOf(...Array.from({ length: 30 }, (_, at) => at)));
      world.site.serve('/feed', { headers: { ETag: '"1"' }, body: thirty }, answer, { body: thirty });
      const bench = hostilePoller(world, { hostile: world.site.url('/feed', 'news.example') });
      for (let poll = 0; poll < 3; poll += 1) {
        await bench.poll();
        bench.time.now += hour;
      }
      expect(bench.outcomesOf('hostile')[2]).toBe('unchanged');
      expect(bench.entriesOf('hostile')).toHaveLength(30);
      expect(bench.states.get('hostile')?.window).toHaveLength(30);
    },
  );

  it('P18: stays at its address for a 301 to another host that came once', async () => {
    const { site, other } = world;
    site.serve(
      '/feed',
      { status: 301, headers: { Location: other.url('/feed', 'cdn.example') } },
      { body: documentOf() },
    );
    other.serve('/feed', { body: documentOf() });
    const bench = hostilePoller(world, { hostile: site.url('/feed', 'news.example') });
    for (let poll = 0; poll < 3; poll += 1) {
      await bench.poll();
      bench.time.now += 25 * hour;
    }
    expect([site.hits('/feed'), other.hits('/feed')]).toEqual([3, 1]);
    expect(bench.states.get('hostile')).not.toHaveProperty('movedTo');
  });

  it('P45: is asked once a day after a month of 404, and comes back with its news alone', async () => {
    const bench = hostilePoller(world, { hostile: world.site.url('/feed', 'news.example') });
    world.site.serve('/feed', { body: documentOf(1) });
    await bench.poll();
    world.site.serve('/feed', { status: 404 });
    for (let day = 0; day < 30; day += 1) {
      bench.time.now += 24 * hour;
      await bench.poll();
    }
    expect(bench.states.get('hostile')?.notBefore).toBeLessThanOrEqual(bench.time.now + 24 * hour);
    world.site.serve('/feed', { body: rssOf(itemsOf(2, 1)) });
    await bench.poll();
    expect(bench.entriesOf('hostile')).toEqual(['Ship 1 launched', 'Ship 2 launched']);
  });
});

describe('what is sent', () => {
  it('P21: to a second origin carries nothing that the first gave: no cookie, no validator, no referrer', async () => {
    const { site, other } = world;
    const given = { ETag: '"1"', 'Last-Modified': 'Thu, 15 Jan 2026 12:00:00 GMT', 'Set-Cookie': 'a=b' };
    const moved = {
      status: 302,
      headers: { Location: other.url('/feed', 'cdn.example'), 'Set-Cookie': 'c=d' },
    };
    site.serve('/feed', { headers: given, body: documentOf() }, moved);
    other.serve('/feed', { body: documentOf() });
    const bench = hostilePoller(world, { hostile: site.url('/feed', 'news.example') });
    await bench.poll();
    bench.time.now += hour;
    await bench.poll();
    expect(site.requests.filter(({ path: at }) => at === '/feed')[1]?.headers).toMatchObject({
      'if-none-match': '"1"',
    });
    expect(Object.keys(other.requests[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it.each([
    ['weak', 'W/"a"', true],
    ['without quotes', '5f-61b', true],
    ['with quotes inside', '"a""b"', true],
    ['beyond ASCII', '"\xe9\xff"', true],
    ['of 8 KB', `"${'a'.repeat(8_192)}"`, false],
  ])('P39: echoes an ETag that is %s byte for byte, or not at all', async (_what, etag, isKept) => {
    world.site.serve('/feed', raw(`HTTP/1.1 200 OK\r\nETag: ${etag}\r\n\r\n${documentOf()}`), {
      status: 304,
    });
    const bench = hostilePoller(world, { hostile: world.site.url('/feed', 'news.example') });
    await bench.poll();
    bench.time.now += hour;
    await bench.poll();
    const second = world.site.requests.filter(({ path: at }) => at === '/feed')[1];
    expect(second?.headers['if-none-match']).toBe(isKept ? etag : undefined);
  });
});

describe('one message of ten feeds', () => {
  it('P51: has the other nine polled and saved when one hangs to its deadline', async () => {
    world.site.serve('/hang', stall);
    const urls: Record<string, string> = { hanging: world.site.url('/hang', 'news.example') };
    for (let feed = 1; feed <= 8; feed += 1) {
      world.other.serve(`/${feed}`, { headers: { ETag: `"${feed}"` }, body: documentOf(feed) });
      urls[`feed-${feed}`] = world.other.url(`/${feed}`, 'cdn.example');
    }
    const bench = hostilePoller(world, urls, { limits: { deadlineMs: 400 } });
    const { batchItemFailures } = await bench.poll();
    expect(batchItemFailures).toEqual([]);
    expect(bench.outcomesOf('hanging')).toEqual(['timeout']);
    for (let feed = 1; feed <= 8; feed += 1) {
      expect(bench.entriesOf(`feed-${feed}`)).toEqual([`Ship ${feed} launched`]);
      expect(bench.states.get(`feed-${feed}`)).toMatchObject({ etag: `"${feed}"`, failures: 0 });
    }
    expect(bench.outcomesOf('good')).toEqual(['new-entries']);
  });

  it('P44: keeps every feed within five minutes and a day, whatever its publisher says about caching', async () => {
    const said: readonly (readonly [Record<string, string>, string])[] = [
      [{ 'Cache-Control': 'max-age=31536000' }, ''],
      [{ 'Cache-Control': 'max-age=-1' }, ''],
      [{ 'Cache-Control': 'max-age=1e309' }, ''],
      [{ Expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, ''],
      [{ Expires: 'Fri, 31 Dec 9999 23:59:59 GMT' }, ''],
      [{}, '<ttl>999999</ttl>'],
      [{}, '<ttl>-1</ttl>'],
      [
        {},
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">dayly</sy:updatePeriod>',
      ],
    ];
    const urls: Record<string, string> = {};
    said.forEach(([headers, channel], at) => {
      world.other.serve(`/${at}`, { headers, body: rssOf(itemsOf(1, 2, 3), channel) });
      urls[`feed-${at}`] = world.other.url(`/${at}`, 'cdn.example');
    });
    const bench = hostilePoller(world, urls);
    await bench.poll();
    for (const id of Object.keys(urls)) {
      const { intervalMinutes = 0, notBefore = 0 } = bench.states.get(id) ?? {};
      expect(intervalMinutes, id).toBeGreaterThanOrEqual(5);
      expect(intervalMinutes, id).toBeLessThanOrEqual(1_440);
      expect(notBefore, id).toBeLessThanOrEqual(bench.time.now + 48 * hour);
    }
  });
});

/** Cases of pollers that are decided elsewhere, and the test or page that says so. */
const elsewhere: Readonly<Record<string, string>> = {
  P10: 'test/lambdas/core/fetch/address-guard.test.ts',
  P50: 'test/lambdas/core/schedule/host-turns.test.ts',
  P52: 'docs/polling.md',
  P53: 'test/lambdas/core/catalogue/opml.test.ts',
  P54: 'docs/polling.md',
  P55: 'docs/polling.md',
};

describe('the list of hostile pollers', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const own = readFileSync(import.meta.filename, 'utf8');
  const tested = new Set([
    ...hostileCases.map(({ id }) => id),
    ...(own.match(/'P\d\d(?=[:'])/g) ?? []).map((id) => id.slice(1)),
  ]);

  it('names for each case that is not tested here a file that is there, and in documents the reason', () => {
    for (const [id, file] of Object.entries(elsewhere)) {
      const text = readFileSync(path.join(root, file), 'utf8');
      if (file.endsWith('.md')) expect(text, file).toContain(id);
    }
  });

  it('leaves none of the shared cases out', () => {
    const shared = path.resolve(root, '../shared/cases/hostile_cases.json');
    const ids = existsSync(shared) ? (readFileSync(shared, 'utf8').match(/(?<="id": ")P\d\d/g) ?? []) : [];
    const known = new Set([...tested, ...Object.keys(elsewhere)]);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });
});
