import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptEncoding, decoderFor } from '../../../../lambdas/adapters/fetch/content-coding.ts';

describe('decoderFor', () => {
  it('needs no decoder for a plain body', () => {
    for (const header of [undefined, '', ' ', 'identity', 'Identity, identity']) {
      expect(decoderFor(header)).toBeNull();
    }
  });

  it('has a decoder for every coding that is offered, in any case', () => {
    for (const coding of acceptEncoding.split(', ')) {
      expect(decoderFor(` ${coding.toUpperCase()} `), coding).not.toBeNull();
    }
  });

  it('offers zstd exactly where zlib has it', () => {
    expect(acceptEncoding.includes('zstd')).toBe('createZstdDecompress' in zlib);
  });

  it.each([
    'gzip, gzip',
    'gzip,identity,br',
    'compress',
    'gzip;q=1',
    'chunked',
    'aws-chunked',
    'constructor',
  ])('refuses %j', (header) => {
    expect(() => decoderFor(header)).toThrow(/Expected at most one content-coding of gzip, deflate, br/);
  });
});
