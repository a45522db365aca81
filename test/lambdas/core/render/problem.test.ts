import { describe, expect, it } from 'vitest';
import { problemJson } from '../../../../lambdas/core/render/problem.ts';

const about = { parameter: 'topic', value: 'x', detail: 'Expected', allowed: ['sea'], didYouMean: 'sea' };
const parsed = (...problem: Parameters<typeof problemJson>) => JSON.parse(problemJson(...problem));

describe('problemJson', () => {
  it('is a problem document with a stable type, the status and what is allowed', () => {
    expect(parsed('bad-parameter', 'Expected a known `topic`', about)).toEqual({
      type: 'urn:sitrep:problem:bad-parameter',
      title: 'Bad parameter',
      status: 400,
      detail: 'Expected a known `topic`',
      parameter: 'topic',
      value: 'x',
      allowed: ['sea'],
      didYouMean: 'sea',
    });
  });

  it('leaves out what is not known', () => {
    const unknown = { ...about, parameter: null, value: null, allowed: null, didYouMean: null };
    expect(Object.keys(parsed('bad-request', 'x', unknown))).toEqual(['type', 'title', 'status', 'detail']);
    expect(Object.keys(parsed('not-found', 'x'))).toEqual(['type', 'title', 'status', 'detail']);
  });

  it('repeats sent text capped, on one line, without characters that cannot be seen', () => {
    const value = `a\u0000\u202eb\n${'x'.repeat(10_000)}\ud800`;
    const shown: string = parsed('bad-parameter', value, { ...about, value, parameter: value }).value;
    expect(shown.startsWith('ab x')).toBe(true);
    expect([...shown]).toHaveLength(80);
    expect(shown.endsWith('…')).toBe(true);
    expect(problemJson('bad-parameter', value, { ...about, value }).length).toBeLessThan(1_000);
  });

  it('caps a list of allowed values', () => {
    const allowed = Array.from({ length: 5_000 }, (_, n) => `source-${n}`);
    expect(parsed('bad-parameter', 'x', { ...about, allowed }).allowed).toHaveLength(200);
  });
});
