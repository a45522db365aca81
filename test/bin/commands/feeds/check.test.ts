import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { FeedReport } from '../../../../lambdas/core/check/feed-report.ts';
import { feeds } from '../../../support/run-feeds.ts';
import { type Answer, type Publisher, stall, startPublisher } from '../../../support/publisher.ts';

let publisher: Publisher;
beforeAll(async () => {
  publisher = await startPublisher();
});
afterAll(() => publisher.close());

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toUTCString();
const item = (n: number, hours: number): string =>
  `<item><title>Story ${n}</title><guid>g${n}</guid><pubDate>${ago(hours)}</pubDate></item>`;
const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>${[2, 10, 18].map((hours, n) => item(n, hours)).join('')}</channel></rss>`;
const page =
  '<!doctype html><html><head><title>P</title><link rel="alternate" type="application/rss+xml" href="/good"></head></html>';

/** Answers 304 to the ETag that it gives. */
const honest: Answer = ({ request, response }) => {
  const isKnown = request.headers['if-none-match'] === '"1"';
  response.writeHead(isKnown ? 304 : 200, { etag: '"1"', 'content-type': 'text/xml' });
  response.end(isKnown ? '' : rss);
};

beforeEach(() => {
  publisher.serve('/good', honest);
  publisher.serve('/page', { headers: { 'content-type': 'text/html' }, body: page });
  publisher.serve('/moved', { status: 301, headers: { location: '/good' } });
});

/** A catalogue of feeds on the publisher, each named like its path. */
function catalogueOf(...names: readonly string[]): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-check-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'feeds.yaml');
  const rows = names.map(
    (name) =>
      `  - {id: ${name}, url: "${publisher.url(`/${name}`)}", title: T, source: s, country: SE, language: en, kind: trade}\n`,
  );
  const source = `  - {id: s, title: S, url: "${publisher.url('/')}", country: SE, kind: trade}\n`;
  writeFileSync(file, `sources:\n${source}feeds:\n${rows.join('')}`);
  return file;
}

const check = (file: string, ...args: readonly string[]) =>
  feeds('check', '--feeds', file, '--allow-host', publisher.host, ...args);

async function reportsOf(file: string, ...args: readonly string[]): Promise<FeedReport[]> {
  return JSON.parse((await check(file, '--json', ...args)).out);
}

describe('sitrep feeds check', () => {
  test('says everything about a feed that is fine, and exits with 0', async () => {
    const { exitCode, out, err } = await check(catalogueOf('good'), '--json');
    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual([
      {
        feed: 'good',
        title: 'T',
        url: publisher.url('/good'),
        outcome: 'ok',
        needsAction: false,
        advice: 'Nothing to do.',
        detail: '',
        status: 200,
        finalUrl: publisher.url('/good'),
        redirect: 'none',
        contentType: 'text/xml',
        format: 'RSS 2.0',
        charset: 'utf-8',
        entries: 3,
        rejected: 0,
        cadence: '3 a day',
        medianGapHours: 8,
        newest: expect.stringMatching(/Z$/),
        newestAgeHours: expect.closeTo(2, 1),
        wireBytes: expect.any(Number),
        decodedBytes: rss.length,
        validators: 'honest',
        validatorsReason: expect.any(String),
        repairs: [],
        suggestions: [],
      },
    ]);
  });

  test('asks each feed once and a second time with what it was given, and no more', async () => {
    publisher.serve('/plain', { body: rss });
    publisher.serve('/same', { headers: { etag: '"2"' }, body: rss });
    let count = 0;
    publisher.serve('/fresh', ({ response }) => {
      count += 1;
      response.writeHead(200, { etag: `"${count}"` });
      response.end(rss);
    });
    const seen = publisher.requests.length;
    const reports = await reportsOf(catalogueOf('good', 'plain', 'same', 'fresh'));
    expect(reports.map(({ validators }) => validators)).toEqual(['honest', 'none', 'ignored', 'lying']);
    const asked = publisher.requests.slice(seen).map((request) => request.path);
    expect(asked.sort()).toEqual(['/fresh', '/fresh', '/good', '/good', '/plain', '/same', '/same']);
  });

  test('names a page’s feeds, a move for good and what failed, and exits with 1', async () => {
    publisher.serve('/old', { status: 410 });
    publisher.serve('/detour', { status: 302, headers: { location: '/good' } });
    publisher.serve('/broken', { body: '<rss><channel><item><title>x' });
    const file = catalogueOf('page', 'moved', 'detour', 'old', 'nowhere', 'broken', 'good');
    const reports = await reportsOf(file);
    expect(
      reports.map(({ feed, outcome, redirect, needsAction }) => [feed, outcome, redirect, needsAction]),
    ).toEqual([
      ['page', 'not-a-feed', 'none', true],
      ['moved', 'ok', 'permanent', true],
      ['detour', 'ok', 'temporary', false],
      ['old', 'gone', 'none', true],
      ['nowhere', 'not-found', 'none', true],
      ['broken', 'ok', 'none', true],
      ['good', 'ok', 'none', false],
    ]);
    const [first, second, third] = reports;
    expect(first?.suggestions.map(({ url }) => url)).toEqual([publisher.url('/good')]);
    expect(first?.advice).toContain(publisher.url('/good'));
    expect(second?.advice).toContain(`put ${publisher.url('/good')} in the catalogue`);
    // Validators are tested where the document is, behind the redirect.
    expect(third?.validators).toBe('honest');
    expect((await check(file)).exitCode).toBe(1);
  });

  test('checks the feeds that are named, by id or address, and any other address', async () => {
    const file = catalogueOf('good', 'page', 'moved');
    const reports = await reportsOf(file, publisher.url('/moved'), 'good', 'good', publisher.url('/other'));
    expect(reports.map(({ feed }) => feed)).toEqual(['good', 'moved', publisher.host]);
  });

  test('reaches no private address that is not allowed', async () => {
    const { out } = await feeds('check', '--json', '--feeds', catalogueOf('good'));
    const [report]: FeedReport[] = JSON.parse(out);
    expect(report).toMatchObject({ outcome: 'guarded', status: null, finalUrl: null, redirect: null });
  });

  test('prints what was checked when it is interrupted', async () => {
    const stop = new AbortController();
    publisher.serve('/slow', () => stop.abort());
    const args = ['check', '--json', '--concurrency', '1', '--allow-host', publisher.host];
    const file = catalogueOf('good', 'slow', 'page');
    const run = await feeds([...args, '--feeds', file], { interrupted: stop.signal });
    const reports: FeedReport[] = JSON.parse(run.out);
    expect([run.exitCode, reports.map(({ feed }) => feed)]).toEqual([1, ['good']]);
    expect(run.err).toContain('2 feeds were not checked');
  });

  test('never has more than two requests at a host', async () => {
    let running = 0;
    let most = 0;
    const names = Array.from({ length: 6 }, (_, n) => `n${n}`);
    for (const name of names)
      publisher.serve(`/${name}`, ({ response }) => {
        running += 1;
        most = Math.max(most, running);
        response.end(rss, () => {
          running -= 1;
        });
      });
    expect(await reportsOf(catalogueOf(...names))).toHaveLength(6);
    expect(most).toBeLessThanOrEqual(2);
  });

  test('gives up on a feed after --timeout', async () => {
    publisher.serve('/stall', stall);
    const [report] = await reportsOf(catalogueOf('stall'), '--timeout', '1');
    expect(report).toMatchObject({ outcome: 'timeout', needsAction: true });
  });

  test('prints a table with facts, advice and a sum', async () => {
    const { out } = await check(catalogueOf('good', 'page'));
    const lines = out.split('\n');
    expect(lines[0]).toBe('feed outcome        format    entries cadence     newest');
    expect(lines[1]).toBe('good ok             RSS 2.0         3 3 a day        2 h');
    expect(lines[2]).toMatch(/^ {2}200, utf-8, .*validators honest$/);
    expect(lines[3]).toBe('page not-a-feed     -               - -                -');
    expect(lines[5]).toMatch(/^! A page came instead of a feed; it names http/);
    expect(out).toContain('\n\n2 feeds checked: 1 fine, 1 to act on.\n');
  });
});
