import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inHostTurns } from '../../../../lambdas/core/check/host-order.ts';

const at = (url: string) => ({ url });

test('takes one of each host in turn and keeps the order of a host', () => {
  const items = [
    'http://a.example/1',
    'http://a.example/2',
    'http://b.example/1',
    'nonsense',
    'https://a.example/3',
  ];
  expect(inHostTurns(items.map(at)).map(({ url }) => url)).toEqual([
    'http://a.example/1',
    'http://b.example/1',
    'nonsense',
    'http://a.example/2',
    'https://a.example/3',
  ]);
});

test('loses nothing and doubles nothing', () => {
  const hosts = fc.array(fc.constantFrom('a', 'b', 'c').map((host) => at(`http://${host}.example/`)));
  fc.assert(
    fc.property(hosts, (items) => {
      expect(new Set(inHostTurns(items))).toEqual(new Set(items));
      expect(inHostTurns(items)).toHaveLength(items.length);
    }),
  );
});
