import { describe, expect, it } from 'vitest';
import type { FeedHints } from '../../../../../lambdas/core/words/feed-hints.ts';
import { parseFeed } from '../../../../../lambdas/core/parse/parse.ts';

async function hintsOf(channel: string, attributes = ''): Promise<FeedHints> {
  const bytes = Buffer.from(
    `<rss version="2.0" ${attributes}><channel>${channel}<item><title>T</title></item></channel></rss>`,
  );
  const result = await parseFeed({ bytes, contentType: null, base: null });
  if (!result.ok) throw new Error(result.message);
  expect(result.parsed.entries).toHaveLength(1);
  return result.parsed.hints;
}

const list = (name: string, child: string, values: readonly unknown[]): string =>
  `<${name}>${values.map((value) => `<${child}>${value}</${child}>`).join('')}</${name}>`;

describe('documentHints', () => {
  it.each([
    ['<ttl>90</ttl>', { ttlMinutes: 90 }],
    ['<ttl> 5 </ttl>', { ttlMinutes: 5 }],
    ['<ttl>0</ttl>', {}],
    ['<ttl>-5</ttl>', {}],
    ['<ttl>1e3</ttl>', {}],
    [`<ttl>${'9'.repeat(100_000)}</ttl>`, {}],
    ['<sy:updatePeriod>hourly</sy:updatePeriod>', { updatePeriodMinutes: 60 }],
    [
      '<sy:updatePeriod>Weekly</sy:updatePeriod><sy:updateFrequency>7</sy:updateFrequency>',
      { updatePeriodMinutes: 1_440 },
    ],
    ['<sy:updatePeriod>often</sy:updatePeriod>', {}],
    ['<sy:updateFrequency>2</sy:updateFrequency>', {}],
    ['<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>', {}],
    ['', {}],
  ])('reads %.60s', async (channel, hints) => {
    expect(await hintsOf(channel)).toEqual(hints);
  });

  it.each([
    [
      [0, 1, 23],
      [0, 1, 23],
    ],
    [
      [24, 1, 1],
      [0, 1],
    ],
    [[25, -1, 'x', '', '1.5'], undefined],
    [
      [' 7 ', '08'],
      [7, 8],
    ],
    [Array.from({ length: 10_000 }, () => 3), [3]],
  ])('reads the hours %.40j', async (values, skipHours) => {
    expect((await hintsOf(list('skipHours', 'hour', values))).skipHours).toEqual(skipHours);
  });

  it.each([
    [
      ['Sunday', 'Saturday'],
      [0, 6],
    ],
    [
      ['mon', 'TUESDAY', 'Monday'],
      [1, 2],
    ],
    [['Nonday', '', '1'], undefined],
  ])('reads the days %j', async (values, skipDays) => {
    expect((await hintsOf(list('skipDays', 'day', values))).skipDays).toEqual(skipDays);
  });

  it('goes by the namespace, not by the prefix', async () => {
    const module = 'http://purl.org/rss/1.0/modules/syndication/';
    expect(await hintsOf('<x:updatePeriod>daily</x:updatePeriod>', `xmlns:x="${module}"`)).toEqual({
      updatePeriodMinutes: 1_440,
    });
    expect(await hintsOf('<sy:updatePeriod>daily</sy:updatePeriod>', 'xmlns:sy="urn:other"')).toEqual({});
  });

  it('does not take what stands in an image for a hint of the feed', async () => {
    expect(await hintsOf('<image><ttl>9</ttl></image>')).toEqual({});
  });
});
