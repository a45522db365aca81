import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchResult } from '../../../lambdas/core/fetch/fetch-result.ts';
import { firstFeedState } from '../../../lambdas/core/poll/next-feed-state.ts';
import { isDue } from '../../../lambdas/core/schedule/due-feeds.ts';
import { startTestTable } from '../../support/engines.ts';
import { answerOf, itemsOf, pollBench, rssOf } from '../../support/poll-bench.ts';
import { feedOf } from '../../support/stories.ts';

const hour = 3_600_000;
const naval = feedOf('naval', { url: 'https://naval.example/feed' });
const air = feedOf('air', { url: 'https://www.naval.example/air' });
const land = feedOf('land', { url: 'https://land.example/feed' });
const document = rssOf(itemsOf(1, 2));
const moved = 'https://new.example/feed';

let engine: Awaited<ReturnType<typeof startTestTable>>;
beforeAll(async () => {
  engine = await startTestTable();
});
afterAll(() => engine.stop());

/** A poll hop of one feed whose publisher answers as `next.answer` says. */
async function oneFeed(first: FetchResult) {
  const next = { answer: first };
  const bench = await pollBench(engine, [naval], () => next.answer);
  const pollAfter = async (ms: number, answer: FetchResult = next.answer) => {
    bench.time.now += ms;
    next.answer = answer;
    await bench.poll(['naval'], { forced: true });
  };
  return { ...bench, pollAfter, state: () => bench.states.load('naval') };
}

describe('a feed that moves', () => {
  const redirected = answerOf(200, { body: document, movedTo: moved, headers: { etag: '"n"' } });

  it('is asked at its new address after three sightings over a day, with the validators of that address alone', async () => {
    const { pollAfter, asked, of, state } = await oneFeed(
      answerOf(200, { body: document, headers: { etag: '"o"' } }),
    );
    await pollAfter(0);
    await pollAfter(hour, redirected);
    expect(asked[1]).toMatchObject({ url: naval.url, etag: '"o"' });
    await pollAfter(12 * hour);
    await pollAfter(12 * hour);
    expect((await state())?.movedTo).toBe(moved);
    expect(of('poll.feed-moved')).toEqual([expect.objectContaining({ from: naval.url, to: moved })]);
    await pollAfter(hour, answerOf(304, { url: moved }));
    expect(asked.at(-1)).toEqual({ url: moved, etag: '"n"' });
    expect((await state())?.url).toBe(naval.url);
  });

  it('P21: sends nothing that the old address gave to the new one', async () => {
    const plain = answerOf(200, { body: document, movedTo: moved });
    const { pollAfter, asked } = await oneFeed(answerOf(200, { body: document, headers: { etag: '"old"' } }));
    await pollAfter(0);
    for (let poll = 0; poll < 4; poll += 1) await pollAfter(12 * hour, plain);
    expect(asked.at(-1)).toEqual({ url: moved });
  });

  it('P18, F11: stays where it is for a redirect that was seen once, or is not permanent', async () => {
    const { pollAfter, asked, state } = await oneFeed(redirected);
    await pollAfter(0);
    const plain = answerOf(200, { body: document });
    for (let poll = 0; poll < 6; poll += 1) await pollAfter(12 * hour, poll % 2 ? redirected : plain);
    const temporary = answerOf(200, { body: document, url: moved });
    for (let poll = 0; poll < 6; poll += 1) await pollAfter(12 * hour, temporary);
    expect(asked.every(({ url }) => url === naval.url)).toBe(true);
    expect(await state()).not.toHaveProperty('movedTo');
  });

  it('does not follow for good to what is no feed', async () => {
    const page = answerOf(200, { body: '<html><body>Welcome</body></html>', movedTo: moved });
    const { pollAfter, asked } = await oneFeed(page);
    for (let poll = 0; poll < 6; poll += 1) await pollAfter(12 * hour);
    expect(asked.every(({ url }) => url === naval.url)).toBe(true);
  });

  it('goes back to the catalogue’s address when the new one fails hard, at once, or softly again and again', async () => {
    for (const [failure, polls] of [
      [answerOf(404, { url: moved }), 1],
      [answerOf(410, { url: moved }), 1],
      [answerOf(500, { url: moved }), 12],
    ] as const) {
      const { pollAfter, asked, of, state } = await oneFeed(redirected);
      for (let poll = 0; poll < 3; poll += 1) await pollAfter(12 * hour);
      for (let poll = 0; poll < polls; poll += 1) await pollAfter(24 * hour, failure);
      expect(asked.at(-1)?.url).toBe(moved);
      expect(of('poll.address-dropped')).toHaveLength(1);
      expect(await state()).not.toHaveProperty('gone');
      await pollAfter(24 * hour, answerOf(200, { body: document }));
      expect(asked.at(-1)?.url).toBe(naval.url);
    }
  });

  it('writes nothing for a redirect that is known', async () => {
    const { pollAfter, state } = await oneFeed(redirected);
    for (const ms of [0, 10 * hour, hour]) await pollAfter(ms);
    const before = await state();
    await pollAfter(hour);
    expect(await state()).toEqual(before);
  });
});

describe('a feed that is gone', () => {
  const gone = answerOf(410);

  it('is looked at once a week after three 410 over two days, with a warning, and comes back when it answers', async () => {
    const { pollAfter, of, state, time } = await oneFeed(answerOf(200, { body: document }));
    await pollAfter(0);
    for (let poll = 0; poll < 3; poll += 1) await pollAfter(12 * hour, gone);
    expect(of('poll.feed-disabled')).toEqual([]);
    await pollAfter(24 * hour);
    expect(await state()).toMatchObject({ lastOutcome: 'gone', notBefore: time.now + 168 * hour });
    expect(of('poll.feed-disabled')).toEqual([
      expect.objectContaining({ advice: expect.stringContaining('once a week') }),
    ]);
    await pollAfter(168 * hour, answerOf(500));
    expect((await state())?.notBefore).toBe(time.now + 168 * hour);
    await pollAfter(168 * hour, answerOf(200, { body: rssOf(itemsOf(3, 1, 2)) }));
    expect(await state()).toMatchObject({ lastOutcome: 'new-entries', notBefore: 0, failures: 0 });
    expect(await state()).not.toHaveProperty('gone');
  });

  it('P45: comes back after a month of 404 with only what is new', async () => {
    const { pollAfter, state, sent, time } = await oneFeed(answerOf(200, { body: document }));
    await pollAfter(0);
    for (let poll = 0; poll < 60; poll += 1) await pollAfter(12 * hour, answerOf(404));
    expect((await state())?.notBefore).toBeLessThanOrEqual(time.now + 24 * hour);
    await pollAfter(hour, answerOf(200, { body: rssOf(itemsOf(3, 1, 2)) }));
    expect(sent.at(-1)?.entries.map(({ title }) => title)).toEqual(['Ship 3 launched']);
  });
});

describe('a host that asks to be left alone', () => {
  const busy = (after: string, url = naval.url) => answerOf(429, { headers: { 'retry-after': after }, url });

  it('F16: is left alone by all its feeds, in this process and in others, forced or not, until the wait is over', async () => {
    const bench = await pollBench(engine, [naval, air, land], ({ url }) =>
      url === naval.url ? busy('600', url) : answerOf(200, { body: document, url }),
    );
    await bench.poll(['naval'], { forced: true });
    await bench.poll(['air', 'land'], { forced: true });
    expect(bench.asked.map(({ url }) => url)).toEqual([naval.url, land.url]);
    expect(bench.outcomes().sort()).toEqual(['new-entries', 'rate-limited', 'rate-limited']);
    await bench.pollElsewhere(['air']);
    expect(bench.asked).toHaveLength(2);
    const { hostWaits } = await bench.states.schedule();
    expect([...hostWaits.keys()]).toEqual(['naval.example']);
    bench.time.now += 601_000;
    await bench.pollElsewhere(['air'], { forced: true });
    expect(bench.asked.at(-1)?.url).toBe(air.url);
  });

  it('is believed a day at the most, also by a date, with 503; after a redirect it binds the feed alone', async () => {
    const target = 'https://cdn.example/feed';
    const date = 'Fri, 31 Dec 2032 23:59:59 GMT';
    const bench = await pollBench(engine, [naval], () =>
      answerOf(503, { headers: { 'retry-after': date }, url: target }),
    );
    const start = bench.time.now;
    await bench.poll(['naval']);
    expect([...(await bench.states.schedule()).hostWaits]).toEqual([]);
    expect((await bench.states.load('naval'))?.retryAt).toBe(start + 24 * hour);
  });

  it('has no wait noted for other refusals, for none asked, and for one that is over', async () => {
    for (const answer of [
      answerOf(403, { headers: { 'retry-after': '600' } }),
      answerOf(429),
      busy('0'),
      busy('soon'),
      busy('-5'),
    ]) {
      const bench = await pollBench(engine, [naval], () => answer);
      await bench.poll(['naval']);
      expect((await bench.states.schedule()).hostWaits.size).toBe(0);
    }
  });
});

describe('a turn', () => {
  const turnAt = (startAt: number, until: number) => ({ host: 'naval.example', startAt, until });

  it('begins no request before it', async () => {
    const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
    const startAt = bench.time.now + 3_000;
    await bench.poll(['naval'], { turn: turnAt(startAt, startAt + 5_000) });
    expect(bench.time.now).toBe(startAt);
    expect(bench.asked).toHaveLength(1);
  });

  it('F32: that has passed is given up for another one at the next tick', async () => {
    const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
    const { now } = bench.time;
    await bench.poll(['naval'], { turn: turnAt(now - 9_000, now - 1) });
    expect(bench.asked).toEqual([]);
    expect(bench.of('poll.turn-missed')).toHaveLength(1);
    expect(await bench.states.load('naval')).toBeNull();
    expect(await bench.states.scheduleRows()).toMatchObject([{ feedId: 'naval', notBefore: now + 60_000 }]);
  });

  it('that meets a wait of its host puts the feed off to its end', async () => {
    const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
    const { now } = bench.time;
    await bench.states.saveHostWait('naval.example', now + 600_000);
    await bench.poll(['naval'], { turn: turnAt(now, now + 5_000) });
    expect(bench.outcomes()).toEqual(['rate-limited']);
    expect(await bench.states.scheduleRows()).toMatchObject([{ feedId: 'naval', notBefore: now + 600_000 }]);
  });

  it('is taken where a clock that was far ahead left its times behind', async () => {
    const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
    const { now } = bench.time;
    const ahead = now + 9_000 * hour;
    const first = firstFeedState(naval, { min: 10, max: 480 });
    await bench.states.save(
      { ...first, version: 1, lastPollAt: ahead, notBefore: ahead, retryAt: ahead },
      null,
    );
    await bench.states.saveHostWait('naval.example', ahead);
    await bench.poll(['naval'], { turn: turnAt(now, now + 5_000) });
    expect(bench.asked).toHaveLength(1);
  });

  it('F22, F27: is not taken twice when its message is delivered again', async () => {
    const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
    const turn = turnAt(bench.time.now, bench.time.now + 55_000);
    await bench.poll(['naval'], { turn });
    await bench.pollElsewhere(['naval'], { turn });
    expect(bench.asked).toHaveLength(1);
    expect(bench.of('poll.stale-request')).toHaveLength(1);
  });
});

describe('the pace of a feed', () => {
  it('P44: keeps to the publisher’s ttl beyond the usual bounds, and to a day for an absurd one', async () => {
    for (const [ttl, intervalMinutes] of [
      ['600', 720],
      ['400000', 1_440],
    ] as const) {
      const body = rssOf(itemsOf(1, 2), `<ttl>${ttl}</ttl>`);
      const { pollAfter, state } = await oneFeed(answerOf(200, { body }));
      await pollAfter(0);
      expect((await state())?.intervalMinutes).toBe(intervalMinutes);
    }
  });

  it('is not polled before its publisher wishes, also where its own minute comes round sooner', async () => {
    const body = rssOf(itemsOf(1, 2), '<ttl>600</ttl>');
    const { pollAfter, states, time } = await oneFeed(answerOf(200, { body }));
    await pollAfter(0);
    const [row] = await states.scheduleRows();
    if (row === undefined) throw new Error('expected a row');
    const from = Math.floor(time.now / 60_000);
    const isDueAt = (tick: number) => isDue({ feedId: 'naval', row, lastTick: tick - 1, tick });
    const dues = Array.from({ length: 3_000 }, (_, at) => at + 1).filter((at) => isDueAt(from + at));
    expect(dues[0]).toBeGreaterThanOrEqual(598);
    expect(dues.slice(1).map((due, at) => due - (dues[at] ?? 0))).toEqual(dues.slice(1).map(() => 720));
  });

  it('F08: counts entries that came and went between two polls beside the sum, and shortens the interval', async () => {
    const { pollAfter, of, state } = await oneFeed(answerOf(200, { body: rssOf(itemsOf(1, 2, 3)) }));
    await pollAfter(0);
    const before = (await state())?.intervalMinutes ?? 0;
    await pollAfter(24 * hour, answerOf(200, { body: rssOf(itemsOf(9, 8, 7)) }));
    expect(of('poll.finished').at(-1)).toMatchObject({ entries: 3, new: 3, known: 0, missed: 1 });
    expect(of('poll.entries-missed')).toHaveLength(1);
    expect((await state())?.intervalMinutes).toBeLessThanOrEqual(before / 2);
  });

  it('sees no loss in entries older than the last poll, which saved nothing because nothing was new', async () => {
    const { pollAfter, of, time } = await oneFeed(answerOf(200, { body: rssOf(itemsOf(1, 2, 3)) }));
    await pollAfter(0);
    const dated = [4, 5, 6].map((number) => {
      const published = new Date(time.now + (number - 2) * 24 * hour).toUTCString();
      return `<item><title>Ship ${number}</title><guid>g${number}</guid><pubDate>${published}</pubDate></item>`;
    });
    await pollAfter(6 * 24 * hour, answerOf(200, { body: rssOf(dated.join('')) }));
    expect(of('poll.finished').at(-1)).toMatchObject({ new: 3 });
    expect(of('poll.entries-missed')).toEqual([]);
  });

  it('F52: sees no loss where the catalogue’s address changed and another document stands there', async () => {
    const { poll, states, of } = await oneFeed(answerOf(200, { body: rssOf(itemsOf(9, 8, 7)) }));
    const window = [1, 2, 3].map((key) => ({ key: `k${key}`, hash: `h${key}`, seenDay: 1, leftDay: null }));
    const elsewhere = { ...naval, url: 'https://naval.example/old' };
    const before = {
      ...firstFeedState(elsewhere, { min: 10, max: 480 }),
      version: 1,
      lastSuccessAt: 1,
      window,
    };
    await states.save(before, null);
    await poll(['naval'], { forced: true });
    expect(of('poll.finished')[0]).toMatchObject({ new: 3 });
    expect(of('poll.entries-missed')).toEqual([]);
  });

  it('F05: writes one state at most an hour for validators that change with every answer', async () => {
    const { pollAfter, state } = await oneFeed(answerOf(200, { body: document, headers: { etag: '"0"' } }));
    await pollAfter(0);
    const versions = new Set<number | undefined>();
    for (let poll = 1; poll <= 9; poll += 1) {
      await pollAfter(10 * 60_000, answerOf(200, { body: document, headers: { etag: `"${poll}"` } }));
      versions.add((await state())?.version);
    }
    expect(versions.size).toBeLessThanOrEqual(2);
  });
});

describe('validators', () => {
  it('are dropped when the body fails to parse, and a 304 to what was asked without them is a protocol error', async () => {
    const { pollAfter, asked, outcomes } = await oneFeed(
      answerOf(200, { body: document, headers: { etag: '"1"' } }),
    );
    await pollAfter(0);
    await pollAfter(hour, answerOf(200, { body: '', headers: { etag: '"2"' } }));
    await pollAfter(hour, answerOf(304));
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, '"1"', undefined]);
    expect(outcomes().slice(1)).toEqual(['parse-failed', 'protocol']);
  });

  it('are kept by a 304 that brings none and replaced by one that brings others', async () => {
    const { pollAfter, asked } = await oneFeed(answerOf(200, { body: document, headers: { etag: '"1"' } }));
    await pollAfter(0);
    await pollAfter(2 * hour, answerOf(304));
    await pollAfter(2 * hour, answerOf(304, { headers: { etag: '"2"' } }));
    await pollAfter(2 * hour);
    expect(asked.map(({ etag }) => etag)).toEqual([undefined, '"1"', '"1"', '"2"']);
  });

  it.each([{ expires: '0' }, { 'cache-control': 'no-store' }])('are not kept after %j', async (headers) => {
    const { pollAfter, asked } = await oneFeed(
      answerOf(200, { body: document, headers: { etag: '"1"', ...headers } }),
    );
    await pollAfter(0);
    await pollAfter(hour);
    expect(asked[1]).toEqual({ url: naval.url });
  });
});

describe('answers that are no feed', () => {
  const page = (body: string) => answerOf(200, { body, headers: { 'content-type': 'text/html' } });
  const failed = (reason: 'timeout' | 'dns' | 'tls' | 'connect' | 'protocol' | 'too-large' | 'guarded') =>
    ({ kind: 'failure', reason, detail: 'x', wireBytes: 0, requests: 1 }) as const;

  it.each([
    [
      'P41',
      page('<html><title>Just a moment...</title><script>_cf_chl_opt</script></html>'),
      'challenge-page',
    ],
    ['P41', page('<html><form><input type="password"></form></html>'), 'login-page'],
    ['P41', page('<html>This domain is for sale</html>'), 'parking-page'],
    ['P41, F03', answerOf(200, { body: '<html><body>Hello</body></html>' }), 'not-a-feed'],
    ['P41', answerOf(200, { body: document, headers: { 'cf-mitigated': 'challenge' } }), 'challenge-page'],
    ['P42', answerOf(200, { body: '' }), 'parse-failed'],
    ['P42', answerOf(200, { body: ' \n' }), 'parse-failed'],
    ['P42, F01', answerOf(200, { body: rssOf('') }), 'unchanged'],
    ['P34, P48', failed('protocol'), 'protocol'],
    ['P25 to P28', failed('too-large'), 'too-large'],
    ['P32, P33, F14', failed('timeout'), 'timeout'],
    ['P11, P15, F17', failed('guarded'), 'guarded'],
    ['F13', failed('dns'), 'dns'],
    ['F13', failed('connect'), 'connect'],
    ['F15', failed('tls'), 'tls'],
    ['P49', answerOf(203, { body: document }), 'protocol'],
    ['P49', answerOf(206, { body: document }), 'protocol'],
    ['P49', answerOf(451), 'blocked'],
  ])('%s: end as they should, cost no story and bring nothing back as new', async (_id, answer, outcome) => {
    const { pollAfter, outcomes, sent } = await oneFeed(answerOf(200, { body: document }));
    await pollAfter(0);
    await pollAfter(hour, answer);
    await pollAfter(hour, answerOf(200, { body: document }));
    expect(outcomes()).toEqual(['new-entries', outcome, 'unchanged']);
    expect(sent.flatMap(({ entries }) => entries)).toHaveLength(2);
  });
});

it('O06: a turn that is no turn fails its own message only', async () => {
  const bench = await pollBench(engine, [naval], () => answerOf(200, { body: document }));
  const turn = { host: '', startAt: -1, until: 0 };
  const { batchItemFailures } = await bench.poll(['naval'], { turn });
  expect(batchItemFailures).toHaveLength(1);
  expect(bench.asked).toEqual([]);
});
