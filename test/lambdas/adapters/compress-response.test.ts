import { describe, expect, it } from 'vitest';
import { compressed, preferredCoding } from '../../../lambdas/adapters/compress-response.ts';

const asking = (acceptEncoding: string) =>
  new Request('http://a.example/', { headers: { 'accept-encoding': acceptEncoding } });

describe('preferredCoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['BR', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=1.0, gzip', 'br'],
    ['*', 'br'],
    ['*;q=0.1, br;q=0', 'gzip'],
    ['gzip;level=9;q=0.3', 'gzip'],
  ])('is for %j %j', (field, coding) => {
    expect(preferredCoding(field)).toBe(coding);
  });

  it.each([
    null,
    '',
    'identity',
    'zstd',
    'identity, gzip;q=0.5',
    'gzip;q=0.2, identity;q=0.3, *;q=0.1',
    'gzip;q=0',
    '*;q=0',
    'br;q=2',
    'gzip;q=x',
    ',,;;',
    `${'a,'.repeat(5_000)}gzip`,
  ])('is none for %j', (field) => {
    expect(preferredCoding(field)).toBeNull();
  });
});

describe('compressed', () => {
  it('leaves answers without an entity tag alone', async () => {
    const response = new Response('text', { headers: { 'content-type': 'text/plain' } });
    expect(await compressed(asking('br'), response)).toBe(response);
  });

  it('leaves answers alone that are compressed already', async () => {
    const response = new Response('text', { headers: { etag: '"a"', 'content-encoding': 'gzip' } });
    expect(await compressed(asking('br'), response)).toBe(response);
  });

  it('keeps status and other headers', async () => {
    const response = new Response('text '.repeat(100), { headers: { etag: '"a"', 'x-other': 'kept' } });
    const packed = await compressed(asking('gzip'), response);
    expect(packed.status).toBe(200);
    expect(packed.headers.get('x-other')).toBe('kept');
    expect(packed.headers.get('etag')).toBe('"a-gzip"');
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(100);
  });
});
