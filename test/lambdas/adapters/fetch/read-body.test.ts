import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchLimits } from '../../../../lambdas/adapters/fetch/limits.ts';
import { createGuardedFetcher } from '../../../../lambdas/adapters/guarded-fetcher.ts';
import {
  type Answer,
  drip,
  flood,
  type Publisher,
  raw,
  rawThenReset,
  startPublisher,
} from '../../../support/publisher.ts';

let site: Publisher;
beforeAll(async () => {
  site = await startPublisher();
});
afterAll(() => site.close());

async function fetchAnswer(answer: Answer, limits: Partial<FetchLimits> = {}) {
  site.serve('/feed', answer);
  const allowedHosts = new Map([['127.0.0.1', 'any' as const]]);
  const fetcher = createGuardedFetcher({ userAgent: 'Sitrep/test', allowedHosts, limits });
  const result = await fetcher.fetch({ url: site.url('/feed') });
  const text = result.kind === 'response' ? Buffer.from(result.body).toString() : null;
  return { ...result, text };
}

const ok = 'HTTP/1.1 200 OK\r\n';
const text = '<rss>éñ 漢字</rss>'.repeat(500);
const coded = (coding: string, body: Uint8Array): Answer => ({
  headers: { 'Content-Encoding': coding },
  body,
});

describe('a whole body', () => {
  it.each([
    ['plain', { body: text }],
    ['identity', { headers: { 'Content-Encoding': 'identity' }, body: text }],
    [
      'chunked',
      raw(
        `${ok}Transfer-Encoding: chunked\r\n\r\n`,
        `${Buffer.byteLength(text).toString(16)}\r\n`,
        Buffer.from(text),
        '\r\n0\r\n\r\n',
      ),
    ],
    ['ended by a close', raw(`${ok}\r\n`, Buffer.from(text))],
    ['gzip', coded('gzip', gzipSync(text))],
    [
      'gzip in two members',
      coded('gzip', Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))])),
    ],
    ['x-gzip', coded('X-GZIP', gzipSync(text))],
    ['identity and gzip', coded('identity, gzip', gzipSync(text))],
    ['deflate', coded('deflate', deflateSync(text))],
    ['bare deflate', coded('deflate', deflateRawSync(text))],
    ['br', coded('br', brotliCompressSync(text))],
  ])('is given as it was: %s', async (_coding, answer: Answer) => {
    const result = await fetchAnswer(answer);
    expect(result).toMatchObject({ kind: 'response', status: 200 });
    expect(result.text).toBe(text);
  });

  it.each([
    ['plain', { body: '' }],
    ['labelled gzip', { headers: { 'Content-Encoding': 'gzip' }, body: '' }],
    ['labelled deflate', { headers: { 'Content-Encoding': 'deflate' }, body: '' }],
    ['closed at once', raw(`${ok}\r\n`)],
  ])('may be empty: %s', async (_what, answer: Answer) => {
    expect(await fetchAnswer(answer)).toMatchObject({ kind: 'response', status: 200, text: '' });
  });
});

describe('a coding', () => {
  it.each([
    ['twice', coded('gzip, gzip', gzipSync(gzipSync(text)))],
    ['two kinds', coded('gzip, br', gzipSync(text))],
    ['ten deep', coded('gzip,'.repeat(10), gzipSync(text))],
    ['in two header lines', raw(`${ok}Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\nx`)],
    ['unknown', coded('compress', Buffer.from(text))],
    ['not text', coded('gzip;q=1', gzipSync(text))],
    ['a wrong label on plain text', coded('gzip', Buffer.from(text))],
    ['a wrong label on another coding', coded('br', gzipSync(text))],
    ['rubbish', coded('deflate', Buffer.from('\x78\x01 no deflate data'))],
    ['a transfer coding we never asked for', raw(`${ok}Transfer-Encoding: gzip\r\n\r\n`, gzipSync(text))],
  ])('P29, P30: that cannot be trusted is a protocol error: %s', async (_what, answer) => {
    expect(await fetchAnswer(answer)).toMatchObject({ kind: 'failure', reason: 'protocol' });
  });
});

describe('a body that ends early', () => {
  const gzipped = gzipSync(text);
  const brotli = brotliCompressSync(text);
  it.each([
    ['before its Content-Length', raw(`${ok}Content-Length: 100\r\n\r\n<rss>`)],
    ['without its last chunk', raw(`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n`)],
    ['within a chunk', raw(`${ok}Transfer-Encoding: chunked\r\n\r\nff\r\n<rss>`)],
    ['by a reset', rawThenReset(`${ok}Content-Length: 100\r\n\r\n<rss>`)],
    ['by a reset within chunks', rawThenReset(`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n`)],
    ['within its gzip data', coded('gzip', gzipped.subarray(0, gzipped.length >> 1))],
    ['without its gzip checksum', coded('gzip', gzipped.subarray(0, -8))],
    ['within its br data', coded('br', brotli.subarray(0, brotli.length >> 1))],
    ['within its deflate data', coded('deflate', deflateSync(text).subarray(0, 40))],
    [
      'on the wire, within its gzip data',
      raw(
        `${ok}Content-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n\r\n`,
        gzipped.subarray(0, 60),
      ),
    ],
  ])('P34: is never given in part: %s', async (_how, answer) => {
    const result = await fetchAnswer(answer);
    expect(result).toMatchObject({ kind: 'failure', reason: 'protocol', text: null });
  });
});

describe('the caps', () => {
  const limits = { wireBytesMax: 64 * 1024, decodedBytesMax: 256 * 1024 };

  it('let a body through that just fits, and not one byte more', async () => {
    const fits = Buffer.alloc(limits.wireBytesMax, 'x');
    expect(await fetchAnswer({ body: fits }, limits)).toMatchObject({ kind: 'response' });
    const chunked = raw(`${ok}\r\n`, fits, 'x');
    expect(await fetchAnswer(chunked, limits)).toMatchObject({ kind: 'failure', reason: 'too-large' });
    const decoded = Buffer.alloc(limits.decodedBytesMax, 'x');
    expect(await fetchAnswer(coded('gzip', gzipSync(decoded)), limits)).toMatchObject({ kind: 'response' });
    const more = Buffer.alloc(limits.decodedBytesMax + 1, 'x');
    expect(await fetchAnswer(coded('gzip', gzipSync(more)), limits)).toMatchObject({ reason: 'too-large' });
  });

  it('P25: end a fetch at a Content-Length of 10 GB, before the body', async () => {
    const result = await fetchAnswer(raw(`${ok}Content-Length: 10000000000\r\n\r\n`));
    expect(result).toMatchObject({ kind: 'failure', reason: 'too-large' });
    expect(result.wireBytes).toBeLessThan(200);
  });

  it.each([
    [
      'chunked',
      flood(`${ok}Transfer-Encoding: chunked\r\n\r\n`, Buffer.from(`4000\r\n${'x'.repeat(16_384)}\r\n`)),
    ],
    [
      'in one-byte chunks',
      flood(`${ok}Transfer-Encoding: chunked\r\n\r\n`, Buffer.from('1\r\nx\r\n'.repeat(2_000))),
    ],
    ['until a close', flood(`${ok}\r\n`, Buffer.alloc(16_384, 'x'))],
    ['with a coding', flood(`${ok}Content-Encoding: gzip\r\n\r\n`, gzipSync(Buffer.alloc(1_000)))],
    [
      'in empty deflate blocks, which decode to nothing',
      flood(`${ok}Content-Encoding: deflate\r\n\r\n\x78\x01`, Buffer.from('000000ffff'.repeat(2_000), 'hex')),
    ],
  ])('P26: end an endless body %s', async (_how, answer) => {
    const result = await fetchAnswer(answer, limits);
    expect(result).toMatchObject({ kind: 'failure', reason: 'too-large' });
    // What one read of the socket may bring past the cap.
    expect(result.wireBytes).toBeLessThan(4 * limits.wireBytesMax);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50e6))],
    ['br', brotliCompressSync(Buffer.alloc(50e6))],
    ['deflate', deflateSync(Buffer.alloc(50e6))],
  ])('P27, P28: end a %s bomb of 50 MB', async (coding, bomb) => {
    expect(await fetchAnswer(coded(coding, bomb))).toMatchObject({ kind: 'failure', reason: 'too-large' });
  });
});

describe('the body of an answer that is not a 200', () => {
  it('is given as far as it helps to recognise a challenge page', async () => {
    const body = 'x'.repeat(100_000);
    const long = await fetchAnswer({ status: 403, body }, { errorBytesMax: 1_000 });
    expect(long).toMatchObject({ kind: 'response', status: 403, text: 'x'.repeat(1_000) });
    const gzipped = {
      status: 403,
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync('Just a moment...'),
    };
    expect(await fetchAnswer(gzipped)).toMatchObject({ status: 403, text: 'Just a moment...' });
  });

  it.each([
    ['is cut off', raw('HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nbusy'), 'busy'],
    ['has a coding it does not have', raw('HTTP/1.1 503 Busy\r\nContent-Encoding: gzip\r\n\r\nbusy'), ''],
    ['has an unknown coding', raw('HTTP/1.1 503 Busy\r\nContent-Encoding: a, b\r\n\r\nbusy'), ''],
    ['claims 10 GB', raw('HTTP/1.1 503 Busy\r\nContent-Length: 10000000000\r\n\r\nbusy'), 'busy'],
  ])('never hides the status: one that %s', async (_how, answer, body) => {
    expect(await fetchAnswer(answer)).toMatchObject({ kind: 'response', status: 503, text: body });
  });

  it('is let go when it cannot be read', async () => {
    const released = new Promise((resolve) => {
      site.serve('/feed', ({ socket }) => {
        socket.on('close', resolve);
        socket.write('HTTP/1.1 503 Busy\r\nContent-Encoding: a, b\r\nContent-Length: 100\r\n\r\nbusy');
      });
    });
    const allowedHosts = new Map([['127.0.0.1', 'any' as const]]);
    const fetcher = createGuardedFetcher({ userAgent: 'Sitrep/test', allowedHosts });
    expect(await fetcher.fetch({ url: site.url('/feed') })).toMatchObject({ status: 503 });
    await released;
  });

  it('is not fetched without end', async () => {
    const endless = flood('HTTP/1.1 404 Not Found\r\n\r\n', Buffer.alloc(16_384, 'x'));
    expect(await fetchAnswer(endless)).toMatchObject({ kind: 'response', status: 404 });
    const bomb = {
      status: 404,
      headers: { 'Content-Encoding': 'br' },
      body: brotliCompressSync(Buffer.alloc(50e6)),
    };
    const result = await fetchAnswer(bomb);
    expect(result.text?.length).toBe(64 * 1024);
  });

  it('may drip until the deadline without losing what came', async () => {
    const result = await fetchAnswer(drip('HTTP/1.1 403 No\r\n\r\nJust a moment'), { deadlineMs: 150 });
    expect(result.text).toMatch(/^Just a moment/);
  });
});
