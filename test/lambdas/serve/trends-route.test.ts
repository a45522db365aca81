import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../support/parse-csv.ts';
import { serveFixture, storyId, storyOf, wire } from '../../support/serve-fixture.ts';
import { randomWire } from '../../support/tally-stories.ts';

const json = async (response: Response) => JSON.parse(await response.text());

describe('/api/trends', () => {
  const event = storyId(900);
  /** Two stories on mines a day for four weeks before, beside ten others; then twelve on one event yesterday. */
  const trending = [
    ...Array.from({ length: 40 }, (_, day) =>
      Array.from({ length: 12 }, (_, at) =>
        storyOf({
          n: 24 * day + at,
          id: storyId(20_000 + 12 * day + at),
          topics: [at < 2 ? 'sea.mines' : 'air.drones'],
        }),
      ),
    ).flat(),
    ...Array.from({ length: 12 }, (_, at) =>
      storyOf({
        n: 25 + at / 2,
        id: storyId(900 + at),
        topics: ['sea.mines'],
        cluster: event,
        title: `Mine found ${at}`,
        source: ['harbour-post', 'mod-fi', 'third'][at % 3] ?? '',
      }),
    ),
  ];

  it('counts whole days by topic, fourteen by default, and in all', async () => {
    const { get } = serveFixture([...wire, storyOf({ n: 24 * 14, topics: ['sea.mines'] })]);
    const answer = await json(await get('/api/trends'));
    expect(answer.window).toEqual({ since: '2026-11-09T00:00:00.000Z', until: '2026-11-23T00:00:00.000Z' });
    expect(answer.days).toHaveLength(14);
    expect([answer.days[0], answer.days[13], answer.partial]).toEqual([
      '2026-11-09',
      '2026-11-22',
      '2026-11-22',
    ]);
    expect(answer.total).toEqual({ count: 5, copies: 0, events: 5, days: [...Array(12).fill(0), 1, 4] });
    expect(
      answer.topics.map(({ topic, days }: { topic: string; days: number[] }) => [topic, days[13]]),
    ).toEqual([
      ['air.drones', 2],
      ['sea.submarines', 2],
      ['sea.mines', 1],
    ]);
    expect(answer.spikes).toEqual([]);
  });

  it('names what stood out and the event behind it', async () => {
    const { get } = serveFixture(trending);
    const { spikes } = await json(await get('/api/trends'));
    expect(spikes).toHaveLength(1);
    expect(spikes[0]).toMatchObject({
      topic: 'sea.mines',
      label: 'Mines & <mine> countermeasures',
      day: '2026-11-21',
      count: 14,
      sources: 3,
      expected: 2,
    });
    expect(spikes[0].score).toBeGreaterThan(5);
    expect(spikes[0].events[0]).toMatchObject({
      cluster: event,
      sources: 3,
      stories: 12,
      lead: { id: storyId(911), title: 'Mine found 11' },
    });
  });

  it('finds the same spike under the topic alone, and none where one source tells it all', async () => {
    const { get } = serveFixture(trending);
    const found = async (query: string) => (await json(await get(`/api/trends?${query}`))).spikes.length;
    expect(await found('topic=sea.mines')).toBe(1);
    expect(await found('topic=sea')).toBe(1);
    expect(await found('topic=air')).toBe(0);
    expect(await found('source=mod-fi')).toBe(0);
    expect(await found('until=2026-11-21')).toBe(0);
  });

  it('looks up the stories of a spike in one bounded reading', async () => {
    const { get, reader } = serveFixture(trending);
    await get('/api/trends');
    expect(reader.requests.map(({ tags, limit, rowsMax }) => ({ tags, limit, rowsMax }))).toEqual([
      { tags: ['topic:sea.mines'], limit: 100, rowsMax: 200 },
    ]);
  });

  it('sums up to what /api/topics counts for the same days', async () => {
    const days = 'since=2026-11-18&until=2026-11-23';
    await fc.assert(
      fc.asyncProperty(randomWire, async (stories) => {
        const { get } = serveFixture(stories);
        const trends = await json(await get(`/api/trends?${days}`));
        const topics = await json(await get(`/api/topics?${days}`));
        const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
        expect(sum(trends.total.days)).toBe(topics.stories);
        const counts = new Map<string, number>(
          topics.domains.flatMap((domain: { topics: { slug: string; count: number }[] }) =>
            domain.topics.map(({ slug, count }) => [slug, count]),
          ),
        );
        for (const { topic, days: list } of trends.topics) expect(sum(list)).toBe(counts.get(topic));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the counts as a table', async () => {
    const text = await (await serveFixture().get('/api/trends?since=2026-11-22&format=csv')).text();
    expect(parseCsv(text)).toEqual([
      ['day', 'topic', 'count'],
      ['2026-11-22', '*', '4'],
      ['2026-11-22', 'air.drones', '2'],
      ['2026-11-22', 'sea.submarines', '2'],
      ['2026-11-22', 'sea.mines', '1'],
    ]);
  });
});
