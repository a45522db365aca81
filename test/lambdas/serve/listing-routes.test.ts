import { describe, expect, it } from 'vitest';
import { addressMark } from '../../../lambdas/core/schedule/address-mark.ts';
import { parseCsv } from '../../support/parse-csv.ts';
import { catalogue, nowMs, serveFixture, wire } from '../../support/serve-fixture.ts';

const json = async (response: Response) => JSON.parse(await response.text());

describe('/api/sources', () => {
  const [harbour] = catalogue.feeds;
  if (harbour === undefined) throw new Error('Expected the catalogue to have feeds');
  const health = [
    {
      feedId: 'harbour-all',
      mark: addressMark(harbour.url),
      outcome: 'dns',
      at: nowMs - 60_000,
      lastSuccessAt: nowMs - 3_600_000,
      lastNewAt: nowMs - 7_200_000,
      failures: 2,
      notBefore: nowMs + 600_000,
      intervalMinutes: 60,
      perDay: 1.5,
    },
    {
      feedId: 'no-longer-listed',
      mark: 'x',
      outcome: 'ok',
      at: 0,
      lastSuccessAt: null,
      lastNewAt: null,
      failures: 0,
      notBefore: 0,
      intervalMinutes: 60,
      perDay: null,
    },
  ];

  it('tells of each feed how it fares and what to do, and of each source the best of them', async () => {
    const answer = await json(await serveFixture(wire, { health }).get('/api/sources'));
    expect(answer.feeds).toEqual({ healthy: 0, quiet: 0, failing: 1, moved: 0, gone: 0, 'never-polled': 1 });
    expect(answer.sources.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['harbour-post', 'failing'],
      ['mod-fi', 'never-polled'],
    ]);
    expect(answer.sources[0].feeds[0]).toEqual({
      id: 'harbour-all',
      url: 'https://harbour.example/feed?a=1&b=2',
      title: 'Harbour Post: all',
      country: 'AU',
      language: 'en',
      kind: 'trade',
      health: {
        state: 'failing',
        advice: 'Check the host name; the domain may have lapsed.',
        outcome: 'dns',
        checked: '2026-11-22T11:59:00.000Z',
        lastSuccess: '2026-11-22T11:00:00.000Z',
        lastNewEntry: '2026-11-22T10:00:00.000Z',
        failures: 2,
        intervalMinutes: 60,
        nextPoll: '2026-11-22T12:10:00.000Z',
        entriesPerDay: 1.5,
      },
    });
  });

  it('gives the feeds as a table', async () => {
    const rows = parseCsv(await (await serveFixture(wire, { health }).get('/api/sources?format=csv')).text());
    expect(rows.map(([source, feed, , state]) => [source, feed, state])).toEqual([
      ['source', 'feed', 'state'],
      ['harbour-post', 'harbour-all', 'failing'],
      ['mod-fi', 'mod-news', 'never-polled'],
    ]);
  });
});
