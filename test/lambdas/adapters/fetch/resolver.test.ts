import { describe, expect, it } from 'vitest';
import {
  nameServerResolver,
  socketAddress,
  systemResolver,
} from '../../../../lambdas/adapters/fetch/resolver.ts';

const fails = (code: string) => async () => {
  throw Object.assign(new Error(`query${code}`), { code });
};
const gives =
  (...addresses: string[]) =>
  async () =>
    addresses;
const noFallback = fails('FALLBACK');

describe('nameServerResolver', () => {
  it('gives the addresses of both families', async () => {
    const servers = { resolve4: gives('8.8.8.8'), resolve6: gives('2606:2800::1') };
    expect(await nameServerResolver(servers, noFallback)('a.example')).toEqual(['8.8.8.8', '2606:2800::1']);
  });

  it('is content with one family', async () => {
    const onlyV4 = { resolve4: gives('8.8.8.8'), resolve6: fails('ENODATA') };
    expect(await nameServerResolver(onlyV4, noFallback)('a.example')).toEqual(['8.8.8.8']);
    const onlyV6 = { resolve4: fails('ENODATA'), resolve6: gives('2606:2800::1') };
    expect(await nameServerResolver(onlyV6, noFallback)('a.example')).toEqual(['2606:2800::1']);
  });

  it.each(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT'])(
    'rejects with %s and asks nobody else',
    async (code) => {
      const servers = { resolve4: fails(code), resolve6: fails(code) };
      await expect(nameServerResolver(servers, noFallback)('a.example')).rejects.toMatchObject({ code });
    },
  );

  it('falls back to the system where no name server is set up', async () => {
    const servers = { resolve4: fails('ECONNREFUSED'), resolve6: fails('ECONNREFUSED') };
    expect(await nameServerResolver(servers, gives('8.8.4.4'))('a.example')).toEqual(['8.8.4.4']);
  });
});

describe('systemResolver', () => {
  it('knows the names of the hosts file', async () => {
    const addresses = await systemResolver('localhost');
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
  });
});

describe('socketAddress', () => {
  it('adds the family, and gives null for what is no address', () => {
    expect(socketAddress('8.8.8.8')).toEqual({ address: '8.8.8.8', family: 4 });
    expect(socketAddress('2606:2800::1')).toEqual({ address: '2606:2800::1', family: 6 });
    expect(socketAddress('example.com')).toBeNull();
  });
});
