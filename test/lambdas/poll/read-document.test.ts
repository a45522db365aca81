import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTable } from '../../support/engines.ts';
import { answerOf, pollBench, rssOf } from '../../support/poll-bench.ts';
import { feedOf } from '../../support/stories.ts';

const feed = feedOf('naval', { url: 'https://naval.example/feed', source: 'naval' });
const hourMs = 3_600_000;

/** An item of an RSS document with this guid. */
const item = (number: number, guid: string, parts = ''): string =>
  `<item><title>Ship number ${number} joins the fleet</title><link>https://naval.example/2026/ship-${number}-joins</link>` +
  `<guid isPermaLink="false">${guid}</guid><description>Ship number ${number} was handed over to the navy after its trials.</description>${parts}</item>`;

describe('polling a feed whose guids say nothing', () => {
  let engine: Awaited<ReturnType<typeof startTestTable>>;
  beforeAll(async () => {
    engine = await startTestTable();
  });
  afterAll(() => engine.stop());

  it('hands each article on once in forty polls, across restarts, and when the guids become good', async () => {
    let poll = 0;
    const numbers = () => Array.from({ length: 10 }, (_, at) => 10 + Math.floor(poll / 4) - at);
    const body = () =>
      rssOf(
        numbers()
          .map((number) => item(number, poll < 30 ? `${number}-${poll}` : `${number}`))
          .join(''),
      );
    const bench = await pollBench(engine, [feed], () => answerOf(200, { body: body() }));
    for (poll = 0; poll < 40; poll += 1) {
      await (poll % 5 === 0
        ? bench.pollElsewhere(['naval'], { forced: true })
        : bench.poll(['naval'], { forced: true }));
      bench.time.now += hourMs;
    }
    const titles = bench.sent.flatMap(({ entries }) => entries.map(({ title }) => title));
    expect(new Set(titles).size).toBe(19);
    expect(titles).toHaveLength(19);
    const finished = bench
      .of('poll.finished')
      .map((line) => Number(line.new) + Number(line.updated) + Number(line.known));
    expect(new Set(finished)).toEqual(new Set([10]));
  });

  it('writes nothing for a poll in which only the guids are others', async () => {
    let poll = 0;
    const bench = await pollBench(engine, [feed], () =>
      answerOf(200, { body: rssOf([1, 2, 3].map((number) => item(number, `${number}-${poll}`)).join('')) }),
    );
    const versions: unknown[] = [];
    for (poll = 0; poll < 6; poll += 1) {
      await bench.poll(['naval'], { forced: true });
      versions.push((await bench.states.load('naval'))?.version);
      bench.time.now += hourMs;
    }
    expect(versions).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('remembers that of the feed with its next news, and puts new articles under their pages', async () => {
    let poll = 0;
    const bench = await pollBench(engine, [feed], () =>
      answerOf(200, {
        body: rssOf([poll + 2, poll + 1, poll].map((number) => item(number, `${number}-${poll}`)).join('')),
      }),
    );
    for (poll = 0; poll < 3; poll += 1) {
      await bench.poll(['naval'], { forced: true });
      bench.time.now += hourMs;
    }
    const state = await bench.states.load('naval');
    expect(state?.distrust?.rung).toBe('u');
    expect(bench.sent.flatMap(({ entries }) => entries.map(({ key }) => key.charAt(0))).join('')).toBe(
      'ggguu',
    );
  });

  it('gives the address of the page where the feed links through a go-between', async () => {
    const link = `https://www.google.com/url?rct=j&amp;url=${encodeURIComponent('https://naval.example/2026/a')}&amp;ct=ga`;
    const bench = await pollBench(engine, [feed], () =>
      answerOf(200, { body: rssOf(`<item><title>Ship</title><link>${link}</link></item>`) }),
    );
    await bench.poll(['naval'], { forced: true });
    expect(bench.sent[0]?.entries[0]?.url).toBe('https://naval.example/2026/a');
  });

  it('calls what a feed that is added lists by the names that the older feed of its source has', async () => {
    const second = feedOf('naval-ships', { url: 'https://naval.example/ships', source: 'naval' });
    const bench = await pollBench(engine, [feed, second], ({ url }) =>
      answerOf(200, { url, body: rssOf(item(1, url.endsWith('feed') ? 'one' : 'eins')) }),
    );
    await bench.poll(['naval'], { forced: true });
    await bench.poll(['naval-ships'], { forced: true });
    const [older, added] = bench.sent.map(({ entries }) => entries[0]);
    expect(added?.key).not.toBe(older?.key);
    expect(added?.page).toBe(older?.key);
  });

  it('says nothing of other feeds where the source has one', async () => {
    const bench = await pollBench(engine, [feed], () => answerOf(200, { body: rssOf(item(1, 'one')) }));
    await bench.poll(['naval'], { forced: true });
    expect(bench.sent[0]?.entries[0]).not.toHaveProperty('page');
  });
});
