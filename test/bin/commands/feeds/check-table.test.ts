import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSummary, checkTable } from '../../../../bin/commands/feeds/check-table.ts';
import type { FeedReport } from '../../../../lambdas/core/check/feed-report.ts';

const report: FeedReport = {
  feed: 'a-feed',
  title: 'A feed',
  url: 'https://a.example/f',
  outcome: 'ok',
  needsAction: false,
  advice: 'Nothing to do.',
  detail: '',
  status: 200,
  finalUrl: 'https://a.example/f',
  redirect: 'none',
  contentType: 'text/xml',
  format: 'JSON Feed 1.1',
  charset: 'utf-8',
  entries: 12,
  rejected: 2,
  cadence: '3 a day',
  medianGapHours: 8,
  newest: '2026-03-10T10:00:00.000Z',
  newestAgeHours: 2.5,
  wireBytes: 3_000,
  decodedBytes: 12_000,
  validators: 'honest',
  validatorsReason: '',
  repairs: [
    { code: 'bad-date', count: 3, message: '' },
    { code: 'charset-overruled', count: 1, message: '' },
  ],
  suggestions: [],
};

test('says a feed in a row and a line of facts', () => {
  expect(checkTable([report], null)).toBe(
    'feed   outcome        format    entries cadence     newest\n' +
      'a-feed ok             JSON 1.1       12 3 a day        2 h\n' +
      '  200, utf-8, 3.0 kB (12 kB decoded), validators honest, 2 rejected, repaired: bad-date 3×, charset-overruled\n',
  );
});

test('keeps to 80 columns whatever the feeds are called and whatever there is to say', () => {
  const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 });
  const words = fc.array(word, { maxLength: 40 }).map((list) => list.join(' '));
  const reports = fc.record({
    feed: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 }),
    advice: words,
  });
  fc.assert(
    fc.property(fc.array(reports), (list) => {
      const table = checkTable(
        list.map((fields) => ({ ...report, ...fields, needsAction: true })),
        80,
      );
      for (const line of table.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    }),
  );
});

test('never breaks an address', () => {
  const url = `https://a.example/${'x'.repeat(100)}`;
  const moved = { ...report, needsAction: true, advice: `Moved for good: put ${url} in the catalogue.` };
  expect(checkTable([moved], 80)).toContain(`  ${url}`);
});

test('prints no control character of a publisher', () => {
  const hostile = {
    ...report,
    contentType: 'text/\u001b[2J',
    charset: null,
    detail: 'a\u0007\u202eb',
    status: 200,
  };
  expect(checkTable([hostile], 80).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('sums up', () => {
  expect(checkSummary([report, { ...report, needsAction: true }], 2)).toBe(
    '2 feeds checked: 1 fine, 1 to act on.',
  );
  expect(checkSummary([report], 3)).toBe('1 of 3 feeds checked: 1 fine, 0 to act on.');
});
