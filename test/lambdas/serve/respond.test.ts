import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../lambdas/serve/answer.ts';
import { responseFor } from '../../../lambdas/serve/respond.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const unmade = (): string => {
  throw new Error('Expected the body not to be made');
};
const answer: Answer = {
  status: 200,
  mediaType: 'text/plain',
  body: unmade,
  cacheControl: 'public, max-age=60',
  lastModified: nowMs - 60_000,
  etags: ['"long.tail"', '"long"'],
  headers: { vary: 'Accept' },
};
const ask = (headers: Record<string, string>, more: Partial<Answer> = {}, method = 'GET') =>
  responseFor(new Request('https://wire.example/', { method, headers }), { ...answer, ...more }, nowMs);

describe('responseFor', () => {
  it('makes no body for a 304, whichever of its tags is shown', () => {
    for (const tag of ['"long.tail"', '"long"', 'W/"long-br"', '*']) {
      const response = ask({ 'if-none-match': tag });
      expect(response.status).toBe(304);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        etag: '"long.tail"',
        vary: 'Accept',
        'cache-control': 'public, max-age=60',
      });
      expect(response.headers.has('content-length')).toBe(false);
    }
  });

  it('makes the body once for GET, and for HEAD to tell its length', async () => {
    let made = 0;
    const body = () => {
      made += 1;
      return 'twelve bytes';
    };
    for (const [method, text] of [
      ['GET', 'twelve bytes'],
      ['HEAD', ''],
    ] as const) {
      made = 0;
      const response = ask({}, { body }, method);
      expect([response.headers.get('content-length'), await response.text(), made]).toEqual(['12', text, 1]);
    }
  });

  it('gives a reader that has the date alone 304 for that very content and no other', () => {
    const date = ask({}, { body: 'a' }).headers.get('last-modified') ?? '';
    expect(ask({ 'if-modified-since': date }).status).toBe(304);
    expect(ask({ 'if-modified-since': date }, { body: 'b', etags: ['"re-tagged"'] }).status).toBe(200);
  });

  it('gives no date within the second of a change, nor one that is to come', () => {
    for (const lastModified of [nowMs - 999, nowMs, nowMs + 5_000, null])
      expect(ask({}, { body: 'a', lastModified }).headers.has('last-modified')).toBe(false);
  });

  it('gives validators to what names its tags although it must not be kept, and to no failure', () => {
    const delta = ask({}, { status: 226, body: 'a', cacheControl: 'no-store, im' });
    expect([delta.status, delta.headers.get('etag')]).toEqual([226, '"long.tail"']);
    const { etags: _etags, ...plain } = answer;
    for (const more of [{ status: 404 }, { status: 200, cacheControl: 'no-store' }]) {
      const request = new Request('https://wire.example/', { headers: { 'if-none-match': '*' } });
      const response = responseFor(request, { ...plain, body: 'a', ...more }, nowMs);
      expect([response.status, response.headers.has('etag')]).toEqual([more.status, false]);
    }
  });
});
