import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedForShell } from '../../lib/service-function.ts';

describe('quotedForShell', () => {
  it('puts a path of Windows into double quotes', () => {
    expect(quotedForShell(String.raw`C:\Users\Jo Doe\cdk.out\a`, 'win32')).toBe(
      String.raw`"C:\Users\Jo Doe\cdk.out\a"`,
    );
  });

  it('makes any path one word for a POSIX shell', () => {
    expect(quotedForShell("/home/jo's files", 'linux')).toBe(String.raw`'/home/jo'\''s files'`);
    const words = fc.sample(fc.stringMatching(/^[ -~]{1,20}$/), 40);
    const script = words.map((word) => `printf '%s\\0' ${quotedForShell(word, 'darwin')}`).join('\n');
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
  });
});
