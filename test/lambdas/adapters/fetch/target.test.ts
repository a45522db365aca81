import { describe, expect, it } from 'vitest';
import { resolveTarget } from '../../../../lambdas/adapters/fetch/target.ts';

const evil = { url: new URL('http://evil.example:8080/feed'), allowed: false };
const gives =
  (...addresses: string[]) =>
  async () =>
    addresses;

describe('resolveTarget', () => {
  it('asks once and hands on exactly the addresses it vetted, both families in turn', async () => {
    let questions = 0;
    const resolve = async () => {
      questions += 1;
      return ['8.8.8.8', '8.8.4.4', '1.1.1.1', '2606:2800:220:1::1', '2606:2800:220:1::2'];
    };
    const target = await resolveTarget(evil, resolve, 4);
    expect(target.addresses.map((one) => one.address)).toEqual([
      '8.8.8.8',
      '2606:2800:220:1::1',
      '8.8.4.4',
      '2606:2800:220:1::2',
    ]);
    expect(target.addresses.map((one) => one.family)).toEqual([4, 6, 4, 6]);
    expect(questions).toBe(1);
  });

  it('is not fooled by an answer that changes after it was vetted', async () => {
    let reads = 0;
    const answer = ['8.8.8.8'];
    Object.defineProperty(answer, 0, {
      get() {
        reads += 1;
        return reads === 1 ? '8.8.8.8' : '127.0.0.1';
      },
    });
    const target = await resolveTarget(evil, async () => answer, 4);
    expect(target.addresses).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('refuses the whole answer for one private address, also beyond those it would use', async () => {
    const many = ['8.8.8.8', '8.8.4.4', '1.1.1.1', '9.9.9.9', '10.0.0.5'];
    await expect(resolveTarget(evil, gives(...many), 4)).rejects.toMatchObject({ reason: 'guarded' });
    await expect(resolveTarget(evil, gives('8.8.8.8', ''), 4)).rejects.toMatchObject({ reason: 'guarded' });
  });

  it('does not resolve an IP literal, and vets it', async () => {
    const never = () => Promise.reject(new Error('asked'));
    const literal = (url: string, allowed = false) => resolveTarget({ url: new URL(url), allowed }, never, 4);
    expect((await literal('http://8.8.8.8/')).addresses).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect((await literal('http://[2606:2800::1]/')).addresses[0]?.family).toBe(6);
    await expect(literal('http://127.0.0.1/')).rejects.toMatchObject({ reason: 'guarded' });
    await expect(literal('http://[::1]/')).rejects.toMatchObject({ reason: 'guarded' });
    expect((await literal('http://[::1]/', true)).acceptsPeer('::1')).toBe(true);
  });

  it('judges the peer as it judged the addresses', async () => {
    const open = await resolveTarget(evil, gives('8.8.8.8'), 4);
    expect([open.acceptsPeer('8.8.8.8'), open.acceptsPeer('10.0.0.5'), open.acceptsPeer('')]).toEqual([
      true,
      false,
      false,
    ]);
    const allowed = await resolveTarget({ ...evil, allowed: true }, gives('10.0.0.5'), 4);
    expect(allowed.acceptsPeer('10.0.0.5')).toBe(true);
  });

  it('calls no answer, an empty one and a thrown one dns, naming the host', async () => {
    for (const resolve of [
      gives(),
      () => Promise.reject(new Error('ENOTFOUND')),
      () => {
        throw new Error('broken');
      },
    ]) {
      await expect(resolveTarget(evil, resolve, 4)).rejects.toMatchObject({
        reason: 'dns',
        message: expect.stringContaining('evil.example'),
      });
    }
  });
});
