import { describe, expect, it } from 'vitest';
import { responseHeaders } from '../../../../lambdas/adapters/fetch/response-headers.ts';

describe('responseHeaders', () => {
  it('joins repeated lists and keeps the first of what may come once', () => {
    const raw = [
      'Vary',
      'Accept',
      'VARY',
      'Origin',
      'Location',
      '/a',
      'location',
      '/b',
      'Content-Encoding',
      'gzip',
    ];
    expect(Object.fromEntries(responseHeaders([...raw, 'Content-Encoding', 'br'], 100))).toEqual({
      vary: 'Accept, Origin',
      location: '/a',
      'content-encoding': 'gzip, br',
    });
  });

  it('keeps no cookies and nothing of the names of object parts', () => {
    const headers = responseHeaders(['Set-Cookie', 'a=1', '__proto__', 'x', 'constructor', 'y'], 100);
    expect([...headers]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect({}).not.toHaveProperty('x');
  });

  it('refuses more fields than allowed', () => {
    expect(() => responseHeaders(['a', '1', 'b', '2', 'c', '3'], 2)).toThrow(
      /Expected at most 2 header fields/,
    );
  });
});
