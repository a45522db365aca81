import { expect, it } from 'vitest';
import { hostKey } from '../../../../lambdas/core/fetch/host-key.ts';

it.each([
  ['https://www.Naval.example/feed', 'naval.example'],
  ['http://naval.example.:8080/', 'naval.example'],
  ['https://www.www.example/', 'www.example'],
  ['https://wwwnaval.example/', 'wwwnaval.example'],
  ['https://news.naval.example/', 'news.naval.example'],
  ['http://127.0.0.1:9/x', '127.0.0.1'],
  ['http://[2001:db8::1]/', '[2001:db8::1]'],
])('counts %s for %s', (url, host) => {
  expect(hostKey(url)).toBe(host);
});
