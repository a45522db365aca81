import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedDate } from '../../../../lambdas/core/parse/feed-dates.ts';

const noon = '2024-01-02T03:04:05.000Z';

describe('feedDate', () => {
  it.each([
    // RFC 822 and its relatives
    'Tue, 02 Jan 2024 03:04:05 GMT',
    'Tue, 2 Jan 2024 03:04:05 +0000',
    'Tue, 02 Jan 24 03:04:05 UT',
    '02 Jan 2024 03:04:05 Z',
    'tue, 02 jan 2024 03:04:05 gmt',
    'TUE, 02 JAN 2024 03:04:05 GMT',
    'Tuesday, 02 January 2024 03:04:05 GMT',
    'Tue , 02 Jan 2024  03:04:05  GMT',
    'Tue, 02 Jan 2024 04:04:05 +01:00',
    'Tue, 02 Jan 2024 04:04:05 GMT+1',
    'Tue, 02 Jan 2024 04:04:05 GMT+0100 (Central European Time)',
    'Tue, 02 Jan 2024 04:04:05 CET',
    'Mon, 01 Jan 2024 22:04:05 EST',
    'Mon, 01 Jan 2024 22:04:05 -0500',
    'Tue, 02 Jan 2024 08:34:05 IST',
    'Tue, 02 Jan 2024 12:04:05 JST',
    'Tue, 02 Jan 2024 03:04:05 Etc/GMT',
    'Tue, 02 Jan 2024 03:04:05',
    'Tue, 02 Jan 2024 03:04:05 XYZ',
    'Tue, 02-Jan-2024 03:04:05 GMT',
    'Tue, 2 Jan 2024 3:4:5 GMT',
    '2024-01-02 3:4:5',
    'Wed, 02 Jan 2024 03:04:05 GMT',
    'Jan 2, 2024 3:04:05 AM',
    'January 2nd, 2024 03:04:05',
    'Tue Jan  2 03:04:05 2024',
    'Tue Jan  2 03:04:05 GMT 2024',
    'Tue Jan 02 2024 03:04:05 GMT+0000 (UTC)',
    '2024-1-2 03:04:05',
    '2024/1/2 3:04:05 AM',
    '2024年1月2日 03:04:05',
    '2024년 1월 2일 03:04:05',
    // other languages
    'mar., 02 janv. 2024 04:04:05 +0100',
    'Di, 02 Januar 2024 04:04:05 +0100',
    'mar, 02 ene 2024 03:04:05 +0000',
    'вт, 02 янв 2024 06:04:05 +0300',
    '2 stycznia 2024 04:04:05 +0100',
    // ISO 8601 and W3CDTF
    '2024-01-02T03:04:05Z',
    '2024-01-02t03:04:05z',
    '2024-01-02T03:04:05.000Z',
    '2024-01-02T05:04:05+02:00',
    '2024-01-02T05:04:05+0200',
    '2024-01-02T05:04:05+02',
    '2024-01-02 03:04:05',
    '2024-01-02 03:04:05 UTC',
    '2024-01-02 05:04:05 +0200',
    '20240102T030405Z',
    '2024/01/02 03:04:05',
    // numbers
    '1704164645',
    '1704164645000',
    '  2024-01-02T03:04:05Z\n',
  ])('reads %j', (date) => {
    expect(feedDate(date)).toBe(noon);
  });

  it.each([
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z'],
    ['2024-02-03', '2024-02-03T00:00:00.000Z'],
    ['20240203', '2024-02-03T00:00:00.000Z'],
    ['2024-02-03T04:05Z', '2024-02-03T04:05:00.000Z'],
    ['2024-034', '2024-02-03T00:00:00.000Z'],
    ['2024-W05-6', '2024-02-03T00:00:00.000Z'],
    ['2020-W53-5', '2021-01-01T00:00:00.000Z'],
    ['2024-01-01T24:00:00Z', '2024-01-02T00:00:00.000Z'],
    ['Mon, 01 Jan 2024 24:00:00 GMT', '2024-01-02T00:00:00.000Z'],
    ['31 Dec 2016 23:59:60 GMT', '2016-12-31T23:59:59.000Z'],
    ['29 Feb 2024', '2024-02-29T00:00:00.000Z'],
    ['Thur, 05 Sept 2024 03:04:05 CEST', '2024-09-05T01:04:05.000Z'],
    ['02 Jan 99 03:04 GMT', '1999-01-02T03:04:00.000Z'],
    ['13/01/2024 10:00', '2024-01-13T10:00:00.000Z'],
    ['1/13/2024 10:00:00 PM', '2024-01-13T22:00:00.000Z'],
    ['05.05.2024', '2024-05-05T00:00:00.000Z'],
    ['12 Mar 2024 12:00 AM', '2024-03-12T00:00:00.000Z'],
    ['12 Mar 2024 12:00 p.m.', '2024-03-12T12:00:00.000Z'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', '1970-01-01T00:00:00.000Z'],
    ['2099-01-01T00:00:00Z', '2099-01-01T00:00:00.000Z'],
  ])('reads %j as %s', (date, expected) => {
    expect(feedDate(date)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'yesterday',
    'now',
    'null',
    'Invalid Date',
    '32 Foo 2024',
    'Tue, 32 Jan 2024 03:04:05 GMT',
    '30 Feb 2024',
    '29 Feb 2023',
    '2024-13-01',
    '2024-00-10',
    '2024-02-30T00:00:00Z',
    '0000-00-00 00:00:00',
    '2024-01-02T25:00:00Z',
    '2024-01-02T03:61:00Z',
    'Tue, 02 Jan 2024 03:04:05 +9999',
    'Tue, 02 Jan 2024 03:04:05 +2500',
    '2024-W54-1',
    '2024-W00-1',
    '2024-367',
    '2023-366',
    '01/02/2024',
    '3/4/24',
    '99999999999999999999',
    '1e12',
    '-1704164645',
    'NaN',
    '2 2 2 2',
    'Jan Jan Jan',
    'May',
    '12:00:00',
    'T',
    '{}',
    '2024-01-02'.repeat(200_000),
  ])('gives null for %.40j', (date) => {
    expect(feedDate(date)).toBeNull();
  });

  it('gives back every time that JavaScript writes, in both forms', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-02'), max: new Date('2999-12-30'), noInvalidDate: true }),
        (date) => {
          expect(feedDate(date.toISOString())?.slice(0, 19)).toBe(date.toISOString().slice(0, 19));
          expect(feedDate(date.toUTCString())?.slice(0, 19)).toBe(date.toISOString().slice(0, 19));
        },
      ),
    );
  });

  it('gives an ISO time or null for anything', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789-:/., TZ+WJanFebGMT') });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        expect(feedDate(text) ?? noon).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
