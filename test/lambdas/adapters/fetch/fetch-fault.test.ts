import { describe, expect, it } from 'vitest';
import { FetchFault, faultOf } from '../../../../lambdas/adapters/fetch/fetch-fault.ts';

const error = (code: string) => Object.assign(new Error(`failed: ${code}`), { code });

describe('faultOf', () => {
  it.each([
    ['ECONNREFUSED', 'connecting', 'connect'],
    ['EHOSTUNREACH', 'connecting', 'connect'],
    ['ENETUNREACH', 'connecting', 'connect'],
    ['ECONNRESET', 'connecting', 'connect'],
    ['ECONNRESET', 'waiting', 'connect'],
    ['EPIPE', 'waiting', 'connect'],
    ['ECONNRESET', 'reading', 'protocol'],
    ['Z_DATA_ERROR', 'reading', 'protocol'],
    ['Z_BUF_ERROR', 'reading', 'protocol'],
    ['ERR_STREAM_PREMATURE_CLOSE', 'reading', 'protocol'],
    ['ETIMEDOUT', 'connecting', 'timeout'],
    ['HPE_INVALID_CONSTANT', 'waiting', 'protocol'],
    ['HPE_HEADER_OVERFLOW', 'waiting', 'protocol'],
    ['CERT_HAS_EXPIRED', 'connecting', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connecting', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connecting', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'connecting', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'connecting', 'tls'],
    ['EPROTO', 'connecting', 'tls'],
  ] as const)('calls %s while %s %s', (code, phase, reason) => {
    expect(faultOf(error(code), phase)).toMatchObject({ reason, message: `${phase}: failed: ${code}` });
  });

  it('passes a fault on as it is', () => {
    const fault = new FetchFault('too-large', 'Expected less');
    expect(faultOf(fault, 'reading')).toBe(fault);
  });

  it('names an error without words by its code, and anything else as text, cut to a log line', () => {
    const empty = Object.assign(new AggregateError([error('ETIMEDOUT')], ''), { code: 'ETIMEDOUT' });
    expect(faultOf(empty, 'connecting')).toMatchObject({
      reason: 'timeout',
      message: 'connecting: ETIMEDOUT',
    });
    expect(faultOf('odd', 'waiting')).toMatchObject({ reason: 'connect', message: 'waiting: odd' });
    expect(faultOf(new Error('x'.repeat(1_000)), 'waiting').message.length).toBe(300);
  });
});
