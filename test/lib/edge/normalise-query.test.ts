import vm from 'node:vm';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { wantsFeedDelta } from '../../../lambdas/core/feed-delta/instance-manipulation.ts';
import { prefersPage } from '../../../lambdas/core/render/preferred-form.ts';
import { edgeFunctionCode } from '../../../lib/edge/edge-function-code.ts';
import { acceptFields } from '../../support/accept-fields.ts';

type Field = { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] };
type Request = {
  readonly querystring: Record<string, Field>;
  readonly headers?: Record<string, Field>;
  readonly uri?: string;
};

const Normalised = z.object({
  uri: z.string(),
  querystring: z.string(),
  headers: z.record(z.string(), z.object({ value: z.string() })),
});

// A plain script in an empty context, as CloudFront runs it: no modules, no Node.
const run = vm.createContext({});
vm.runInContext(edgeFunctionCode('normalise-query.js'), run);

function normalised({ querystring, headers = {}, uri = '/feed.rss' }: Request) {
  const event = {
    version: '1.0',
    request: { method: 'GET', uri, querystring, headers, cookies: {} },
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

  it('wants a delta exactly when the handler would give one', () => {
    const weight = fc.constantFrom(
      '',
      ';q=1',
      ';q=0',
      ';q=0.0',
      ';q=0.5',
      '; Q=0.001',
      ';q=2',
      ';q=',
      ';q=1.000',
    );
    const member = fc.tuple(fc.constantFrom('feed', 'FEED', ' feed ', 'gzip', 'feeds', ''), weight);
    fc.assert(
      fc.property(fc.array(member, { maxLength: 4 }), (members) => {
        const value = members.map((parts) => parts.join('')).join(',');
        const wish = normalised({ querystring: {}, headers: { 'a-im': { value } } }).headers['a-im']?.value;
        expect([value, wish === 'feed']).toEqual([value, wantsFeedDelta(value)]);
      }),
    );
  });

  const hash = 'a'.repeat(22);
  const telling = `"${hash}.scopemMARKS1"`;
  const baseOf = (ifNoneMatch: string, more: Record<string, Field> = { 'a-im': { value: 'feed' } }) =>
    normalised({ querystring: {}, headers: { ...more, 'if-none-match': { value: ifNoneMatch } } }).headers[
      'x-delta-base'
    ]?.value;

  it.each([telling, `W/${telling}`, ` ${telling} `, `"${hash}.scopemMARKS1-br"`])(
    'makes what a reader of deltas has a part of the key: %s',
    (tag) => {
      expect(baseOf(tag)).toBe(tag.trim().replace('W/', ''));
    },
  );

  it.each(['*', `"${hash}"`, `${telling}, "other"`, 'garbage', `"${hash}.x"`, `"${hash}.a b c d e f"`])(
    'takes no other If-None-Match into the key: %s',
    (tag) => {
      expect(baseOf(tag)).toBeUndefined();
    },
  );

  it('lets nobody else say what a reader has, and asks for it of readers of deltas alone', () => {
    expect(baseOf(telling, {})).toBeUndefined();
    expect(baseOf('"x"', { 'a-im': { value: 'feed' }, 'x-delta-base': { value: telling } })).toBeUndefined();
    expect(baseOf('"x"', { 'x-delta-base': { value: telling } })).toBeUndefined();
  });

  it('takes dates away, which the edge would compare by order', () => {
    const headers = { 'if-modified-since': { value: 'Sun, 22 Nov 2026 11:00:00 GMT' } };
    expect(normalised({ querystring: {}, headers }).headers).toEqual({});
  });

  it.each(acceptFields)('asks for a page exactly when the handler would give one: %s', (value) => {
    const { headers } = normalised({ querystring: {}, headers: { accept: { value } } });
    expect(headers).toEqual(prefersPage(value) ? { accept: { value: 'text/html' } } : {});
  });

  it('decides as the handler does for any Accept', () => {
    const type = fc.constantFrom(
      'text/html',
      'application/rss+xml',
      'application/xml',
      '*/*',
      'text/*',
      'TEXT/HTML',
      '',
    );
    const weight = fc.constantFrom(
      '',
      ';q=1',
      ';q=0',
      ';q=0.9',
      '; q=0.85',
      ';q=1.5',
      ';q=',
      ';level=1;q=0.4',
      ';q=0.1234',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(type, weight), { maxLength: 6 }), (members) => {
        const value = members.map((parts) => parts.join('')).join(', ');
        const { accept } = normalised({ querystring: {}, headers: { accept: { value } } }).headers;
        expect([value, accept?.value === 'text/html']).toEqual([value, prefersPage(value)]);
      }),
    );
  });

  it.each([
    '/feed.rss',
    '/topics/sea.mines.atom',
    '/archive/2026-10/feed.json',
    '/archive/2026-10/topics/sea.rss',
  ])('tells a browser at %s from a reader', (uri) => {
    const headers = { accept: { value: 'text/html' } };
    expect(normalised({ querystring: {}, headers, uri }).headers).toEqual(headers);
  });

  it.each(['/', '/api/stories', '/feed', '/feed.rss/', '/docs', '/topics/sea'])(
    'keeps one form of %s whatever is accepted',
    (uri) => {
      expect(
        normalised({ querystring: {}, headers: { accept: { value: 'text/html' } }, uri }).headers,
      ).toEqual({});
    },
  );

  it('leaves other headers alone', () => {
    const headers = { 'if-none-match': { value: '"abc"' }, 'accept-encoding': { value: 'br' } };
    expect(normalised({ querystring: {}, headers }).headers).toEqual(headers);
  });
});
