import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUsageError } from '../../../../bin/command.ts';
import { findWire, type WireChoice } from '../../../../bin/commands/query/find-wire.ts';
import type { Wire } from '../../../../bin/commands/query/wire.ts';
import { noteServedAddress } from '../../../../bin/local/served-address.ts';
import { startHttpServer } from '../../../../lambdas/adapters/local/http-server.ts';
import { temporaryDirectory } from '../../../support/local-run.ts';

const health = async () => Response.json({ version: '1', stories: 3, newestStory: null });
const root = temporaryDirectory();
let served: Awaited<ReturnType<typeof startHttpServer>>;
let other: Awaited<ReturnType<typeof startHttpServer>>;
let nobody = '';

beforeAll(async () => {
  served = await startHttpServer({ app: health, port: 0, host: '127.0.0.1' });
  other = await startHttpServer({ app: async () => new Response('hello'), port: 0, host: '127.0.0.1' });
  const closed = await startHttpServer({ app: health, port: 0, host: '127.0.0.1' });
  await closed.close();
  nobody = `http://127.0.0.1:${closed.port}`;
});
afterAll(async () => {
  await Promise.all([served.close(), other.close()]);
  root.remove();
});

const urlOf = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`;
let folders = 0;

/** A working directory with these kinds of wire, each said to be served there (null: by nobody). */
function place(wires: Readonly<Record<string, string | null>>): string {
  folders += 1;
  const directory = path.join(root.path, String(folders));
  for (const [kind, address] of Object.entries(wires)) {
    const files = path.join(directory, '.sitrep', kind);
    mkdirSync(files, { recursive: true });
    writeFileSync(path.join(files, 'wire.sqlite'), '');
    if (address !== null) noteServedAddress(files, address);
  }
  return directory;
}

const opened = (directory: string): Wire => ({
  name: `files in ${directory}`,
  get: async () => new Response(),
  close: async () => undefined,
});

const found = async (workingDirectory: string, parts: Partial<WireChoice> = {}): Promise<string> => {
  const choice = { endpoint: null, variable: null, data: null, usualAddress: nobody, workingDirectory };
  const { signal } = new AbortController();
  return (await findWire({ ...choice, signal, open: async (files) => opened(files), ...parts })).name;
};

describe('findWire', () => {
  it('takes the address named before everything else', async () => {
    const here = place({ sample: urlOf(served) });
    const parts = { endpoint: 'https://wire.example/', variable: 'https://other.example' };
    expect(await found(here, parts)).toBe('https://wire.example');
    expect(await found(here, { variable: 'https://other.example/x/' })).toBe('https://other.example/x');
  });

  it('finds the local server that serves a wire from here, on whatever port', async () => {
    expect(await found(place({ sample: urlOf(served), live: null }))).toBe(urlOf(served));
  });

  it('lets --data name a wire although the environment names an address', async () => {
    const here = place({ sample: urlOf(served) });
    expect(await found(here, { data: '.sitrep/sample', variable: 'https://other.example' })).toBe(
      urlOf(served),
    );
  });

  it('finds a server at the usual port that was started elsewhere', async () => {
    expect(await found(place({}), { usualAddress: urlOf(served) })).toBe(urlOf(served));
  });

  it('does not take another program at that port for a wire', async () => {
    const here = place({ live: null });
    const files = `files in ${path.join(here, '.sitrep', 'live')}`;
    expect(await found(here, { usualAddress: urlOf(other) })).toBe(files);
  });

  it('reads the files when nobody serves them, also when a killed server left its note', async () => {
    const here = place({ sample: nobody });
    expect(await found(here)).toBe(`files in ${path.join(here, '.sitrep', 'sample')}`);
  });

  it('asks which one when several wires run, or several have files', async () => {
    const running = found(place({ sample: urlOf(served), live: urlOf(served) }));
    await expect(running).rejects.toSatisfy(isUsageError);
    await expect(found(place({ sample: null, live: null }))).rejects.toSatisfy(isUsageError);
  });

  it('says what it looked for when there is nothing', async () => {
    await expect(found(place({}))).rejects.toThrow(
      `Expected a wire to ask, got no server at ${nobody} and no wire in .sitrep; \`npm start\` starts one`,
    );
  });

  it('forgets the note when the server ends', async () => {
    const here = place({ sample: null });
    const forget = noteServedAddress(path.join(here, '.sitrep', 'sample'), urlOf(served));
    expect(await found(here)).toBe(urlOf(served));
    forget();
    expect(await found(here)).toMatch(/^files in /);
  });
});
