import { describe, expect, it } from 'vitest';
import { createHttpHandler } from '../../../../lambdas/adapters/aws/http-handler.ts';
import { httpApiEvent } from '../../../support/http-edges.ts';
import { serveFixture } from '../../../support/serve-fixture.ts';

/** An application that answers with what it was asked. */
const echo = async (request: Request) =>
  new Response(JSON.stringify([request.method, request.url, [...request.headers]]), {
    headers: { etag: '"a"' },
  });

describe('createHttpHandler', () => {
  it('passes path and query on as they are and leaves cookies out', async () => {
    const asked = {
      target: '/feed%2Erss?q=a%20b&q=c+d',
      send: { Cookie: 'a=b', accept: '*/*' },
      status: 200,
    };
    const { body } = await createHttpHandler(echo)(httpApiEvent(asked));
    expect(JSON.parse(body ?? '')).toEqual([
      'GET',
      'https://sitrep.invalid/feed%2Erss?q=a%20b&q=c+d',
      [['accept', '*/*']],
    ]);
  });

  it('sends text as text and compressed bytes as base64', async () => {
    const plain = await createHttpHandler(echo)(httpApiEvent({ target: '/', status: 200 }));
    expect(plain.isBase64Encoded).toBe(false);
    const send = { 'accept-encoding': 'gzip' };
    const packed = await createHttpHandler(echo)(httpApiEvent({ target: '/', send, status: 200 }));
    expect(packed.isBase64Encoded).toBe(true);
    expect(Buffer.from(packed.body ?? '', 'base64').subarray(0, 2)).toEqual(Buffer.of(0x1f, 0x8b));
  });

  it('refuses a header that no request can have', async () => {
    const send = { 'x-y': 'a\nb' };
    const result = await createHttpHandler(echo)(httpApiEvent({ target: '/', send, status: 400 }));
    expect(result.statusCode).toBe(400);
  });

  it('needs the secret of the edge when there is one', async () => {
    const { handler } = serveFixture([], { originSecret: 'secret' });
    const ask = (send: Record<string, string>) =>
      createHttpHandler(handler)(httpApiEvent({ target: '/feed.rss', send, status: 200 }));
    expect((await ask({})).statusCode).toBe(403);
    expect((await ask({ 'x-origin-verify': 'secret' })).statusCode).toBe(200);
  });
});
