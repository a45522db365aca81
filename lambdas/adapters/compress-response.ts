import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { codedEntityTag, type TaggedCoding } from '../core/render/entity-tag.ts';

/** Brotli 5 is as fast as gzip 6 on a feed of 50 items and a sixth smaller; higher levels cost more than they save. */
const encoders: Readonly<Record<TaggedCoding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** Members of an Accept-Encoding that are looked at; no client sends a tenth of it. */
const membersMax = 64;

/**
 * The response in the best coding the request accepts. Only answers with an entity tag are compressed, and the tag is
 * given the coding's name, so it still names exactly these bytes; a 304 gets the tag that the 200 would have had.
 * Source: RFC 9110 §8.8.3, §12.5.3 and §15.4.5.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const etag = response.headers.get('etag');
  const coding = preferredCoding(request.headers.get('accept-encoding'));
  if (etag === null || coding === null || response.headers.has('content-encoding')) return response;
  const headers = new Headers(response.headers);
  headers.set('etag', codedEntityTag(etag, coding));
  if (response.status === 304 || response.body === null) {
    return new Response(null, { status: response.status, headers });
  }
  const body = await encoders[coding](Buffer.from(await response.arrayBuffer()));
  headers.set('content-encoding', coding);
  headers.set('content-length', String(body.length));
  return new Response(Uint8Array.from(body), { status: response.status, headers });
}

/** The coding to use: the one of highest weight, Brotli among equals; null for none, or where `identity` weighs more. Malformed members are passed over. */
export function preferredCoding(acceptEncoding: string | null): TaggedCoding | null {
  const weights = new Map<string, number>();
  for (const member of (acceptEncoding ?? '').split(',', membersMax)) {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (q === undefined || /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q)) weights.set(name, Number(q ?? 1));
  }
  const weight = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  const [br, gz] = [weight('br'), Math.max(weight('gzip'), weights.get('x-gzip') ?? 0)];
  // `identity` counts where it is named: else it is what nobody asked against.
  const plain = weights.get('identity') ?? 0;
  if ((br === 0 && gz === 0) || plain > Math.max(br, gz)) return null;
  return br >= gz ? 'br' : 'gzip';
}
