import { describe, expect, it } from 'vitest';
import {
  copyReports,
  noReports,
  type OtherReport,
} from '../../../../lambdas/core/cluster-view/other-reports.ts';
import {
  alsoReported,
  readableTime,
  reportsHtml,
  reportsText,
  reportTitle,
  sourceTitle,
  textWithReportsHtml,
} from '../../../../lambdas/core/render/also-reported.ts';
import { directory, hostileTexts } from '../../../support/feed-fixture.ts';
import { nowMs } from '../../../support/serve-fixture.ts';

const published = '2026-11-02T09:05:59.000Z';
const report: OtherReport = {
  id: 'a',
  source: 'mod-fi',
  title: null,
  url: 'https://mod.example/?a=1&b="2"',
  published,
  copyOf: null,
};
const named = (
  ...reports: readonly (Partial<typeof report> | { title: string | null; url: string | null })[]
) =>
  alsoReported(
    { reports: reports.map((more) => ({ ...report, ...more })), more: 0, changed: null, total: null },
    directory,
    nowMs,
  );

describe('the list of other reports', () => {
  it('names sources as people do, with link, title and time', () => {
    const also = named({}, { title: 'Boats <here>', url: null }, { source: 'left-the-catalogue' });
    expect(reportsText(also)).toBe(
      [
        'Also reported by:',
        '- Ministry (2 Nov 2026, 09:05 UTC): https://mod.example/?a=1&b=%222%22',
        '- Ministry: Boats <here> (2 Nov 2026, 09:05 UTC)',
        '- left-the-catalogue (2 Nov 2026, 09:05 UTC): https://mod.example/?a=1&b=%222%22',
      ].join('\n'),
    );
    expect(reportsHtml(also)).toBe(
      '<p>Also reported by:</p><ul>' +
        '<li><a href="https://mod.example/?a=1&amp;b=%222%22">Ministry</a> (2 Nov 2026, 09:05 UTC)</li>' +
        '<li>Ministry: Boats &lt;here&gt; (2 Nov 2026, 09:05 UTC)</li>' +
        '<li><a href="https://mod.example/?a=1&amp;b=%222%22">left-the-catalogue</a> (2 Nov 2026, 09:05 UTC)</li></ul>',
    );
    expect(also.reports.map(reportTitle)).toEqual([
      'Ministry',
      'Ministry: Boats <here>',
      'left-the-catalogue',
    ]);
  });

  it('says how many it does not name', () => {
    const also = { ...named({}), more: 5 };
    expect(reportsText(also)).toMatch(/\n- and 5 more$/);
    expect(reportsHtml(also)).toMatch(/<li>and 5 more<\/li><\/ul>$/);
  });

  it('is nothing where there is nothing to list, and the text then stays as it is', () => {
    const none = alsoReported(noReports, directory, nowMs);
    expect([reportsText(none), reportsHtml(none)]).toEqual(['', '']);
    expect(textWithReportsHtml('a < b', none)).toBe('a &lt; b');
    expect(textWithReportsHtml('a < b', named({}))).toMatch(/^<p>a &lt; b<\/p><p>Also/);
    expect(textWithReportsHtml('', named({}))).toMatch(/^<p>Also/);
  });

  it('keeps hostile titles, ids and addresses in their place', () => {
    for (const text of hostileTexts) {
      const also = named({ title: text, source: text, url: `https://mod.example/?q=${text}` });
      const tags = reportsHtml(also).match(/<[^>]*>/g);
      expect(tags?.map((tag) => tag.replace(/href="[^"<>]*"/, 'href'))).toEqual([
        '<p>',
        '</p>',
        '<ul>',
        '<li>',
        '<a href>',
        '</a>',
        '</li>',
        '</ul>',
      ]);
      expect(reportsText(also).split('\n')).toHaveLength(2);
      expect(reportsText(also)).not.toMatch(/[\u202a-\u202e]|\p{Surrogate}/u);
    }
  });

  it('names a report without a link that may be served, or with one that would outweigh the item', () => {
    for (const url of [
      'javascript:alert(1)',
      'https://a:b@mod.example/',
      `https://mod.example/${'a'.repeat(1_000)}`,
      '',
    ]) {
      expect(reportsHtml(named({ url }))).not.toContain('<a');
      expect(reportsText(named({ url }))).toContain('- Ministry (');
    }
  });

  it('cuts a long title, leaves out one that is empty and stands a time that is none', () => {
    const [long, empty, timeless] = named(
      { title: '🚢'.repeat(300) },
      { title: ' \u202e ' },
      { published: 'soon' },
    ).reports;
    expect([...(long?.title ?? '')]).toHaveLength(120);
    expect([empty?.title, timeless?.published]).toEqual([null, 0]);
  });

  it('changed when the latest of it was first seen, never later than now', () => {
    const copy = { id: 'a', source: 'mod-fi', url: null, published };
    const changed = (firstSeen: string) =>
      alsoReported(copyReports({ id: 'x', copies: [copy, { ...copy, firstSeen }] }), directory, nowMs)
        .changed;
    expect(changed('2026-11-20T00:00:00.000Z')).toBe(Date.UTC(2026, 10, 20));
    expect(changed('2031-01-01T00:00:00.000Z')).toBe(nowMs);
    expect(changed('no time')).toBeNull();
  });
});

describe('readableTime', () => {
  it('is a date and a time of day, UTC', () => {
    expect(readableTime(Date.UTC(2026, 0, 9, 0, 4))).toBe('9 Jan 2026, 00:04 UTC');
  });
});

describe('sourceTitle', () => {
  it('is the title of the catalogue, else the id, on one line', () => {
    expect([sourceTitle('mod-fi', directory), sourceTitle('a\n b', directory)]).toEqual(['Ministry', 'a b']);
  });
});
