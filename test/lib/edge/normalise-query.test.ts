import vm from 'node:vm';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { edgeFunctionCode } from '../../../lib/edge/edge-function-code.ts';

type Field = { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] };
type Request = { readonly querystring: Record<string, Field>; readonly headers?: Record<string, Field> };

const Normalised = z.object({
  uri: z.literal('/feed.rss'),
  querystring: z.string(),
  headers: z.record(z.string(), z.object({ value: z.string() })),
});

// A plain script in an empty context, as CloudFront runs it: no modules, no Node.
const run = vm.createContext({});
vm.runInContext(edgeFunctionCode('normalise-query.js'), run);

function normalised({ querystring, headers = {} }: Request) {
  const event = {
    version: '1.0',
    request: { method: 'GET', uri: '/feed.rss', querystring, headers, cookies: {} },
  };
  const answer = vm.runInContext(`JSON.stringify(handler(${JSON.stringify(event)}))`, run);
  return Normalised.parse(JSON.parse(String(answer)));
}

/** The event CloudFront makes of pairs in the order they stand in the address. */
function querystringOf(pairs: readonly (readonly [string, string])[]): Record<string, Field> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, all]) => [
      name,
      all.length === 1
        ? { value: all[0] ?? '' }
        : { value: all.at(-1) ?? '', multiValue: all.map((value) => ({ value })) },
    ]),
  );
}

const asSent = fc.stringMatching(/^[A-Za-z0-9%+.,:~-]{0,8}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9%-]{0,5}$/);
const pairs = fc.array(fc.tuple(name, asSent), { maxLength: 12 });

describe('the viewer-request function', () => {
  it('leaves a request without parameters as it is', () => {
    expect(normalised({ querystring: {} })).toEqual({ uri: '/feed.rss', querystring: '', headers: {} });
  });

  it('orders parameters by name and value and keeps every one of them', () => {
    const sent = querystringOf([
      ['topic', 'sea'],
      ['limit', '50'],
      ['topic', 'air'],
      ['q', 'a%20b'],
      ['new', ''],
    ]);
    expect(normalised({ querystring: sent }).querystring).toBe('limit=50&new=&q=a%20b&topic=air&topic=sea');
  });

  it('touches neither names nor values, valid or not', () => {
    const sent = querystringOf([
      ['Topic', '%zz'],
      ['q', '%22F-35%22+-drone'],
      ['%61', '=&'.replace('&', '%26')],
    ]);
    expect(normalised({ querystring: sent }).querystring).toBe('%61==%26&Topic=%zz&q=%22F-35%22+-drone');
  });

  it('gives every order of the same parameters one form', () => {
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), (sent, order) => {
        const shuffled = sent.map((pair) => ({ pair, at: order.next().value })).sort((a, b) => a.at - b.at);
        const other = normalised({ querystring: querystringOf(shuffled.map(({ pair }) => pair)) });
        expect(other).toEqual(normalised({ querystring: querystringOf(sent) }));
      }),
    );
  });

  it('loses and invents nothing', () => {
    fc.assert(
      fc.property(pairs, (sent) => {
        const { querystring } = normalised({ querystring: querystringOf(sent) });
        const kept = querystring === '' ? [] : querystring.split('&');
        expect(kept.sort()).toEqual(sent.map(([key, value]) => `${key}=${value}`).sort());
      }),
    );
  });

  it.each([
    ['feed', 'feed'],
    ['FEED', 'feed'],
    ['gzip, feed ;q=0.5', 'feed'],
    ['feed;q=1.0', 'feed'],
    ['feed;q=0', undefined],
    ['feed;q=0.00', undefined],
    ['vcdiff, diffe', undefined],
    ['feedback', undefined],
    ['', undefined],
  ])('takes A-IM: %s as %s', (value, wish) => {
    expect(normalised({ querystring: {}, headers: { 'a-im': { value } } }).headers['a-im']?.value).toBe(wish);
  });

  it('finds the wish for feed in a header that was sent twice', () => {
    const twice = { value: 'gzip', multiValue: [{ value: 'gzip' }, { value: 'feed' }] };
    expect(normalised({ querystring: {}, headers: { 'a-im': twice } }).headers).toEqual({
      'a-im': { value: 'feed' },
    });
  });

  it('leaves other headers alone', () => {
    const headers = { 'if-none-match': { value: '"abc"' }, 'accept-encoding': { value: 'br' } };
    expect(normalised({ querystring: {}, headers }).headers).toEqual(headers);
  });
});
