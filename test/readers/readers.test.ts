import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHttpServer, type HttpServer } from '../../lambdas/adapters/local/http-server.ts';
import { hostileStories } from '../support/feed-fixture.ts';
import { temporaryDirectory } from '../support/local-run.ts';
import { serveFixture, storyId, wire } from '../support/serve-fixture.ts';

/** Readers that people use, from Debian's packages. */
const isHere = (command: string, args: readonly string[]): boolean => {
  const found = spawnSync(command, args, { input: '' }).error === undefined;
  if (!found) process.stderr.write(`feeds are not read with ${command}: it is not on this machine\n`);
  return found;
};
const [hasSfeed, hasNewsboat] = [isHere('sfeed', []), isHere('newsboat', ['--version'])];

interface ListedStory {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string;
}

const stories = [...wire, ...hostileStories.map((story, at) => ({ ...story, id: storyId(500 + at) }))];
const searches = [
  '',
  '?topic=sea',
  '?topic=air.drones&country=FI',
  '?q=submarine',
  '?limit=4',
  '?country=TV',
];
const data = temporaryDirectory();
let server: HttpServer;
let origin: string;
beforeAll(async () => {
  server = await startHttpServer({ app: serveFixture(stories).handler, port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  data.remove();
});

async function listed(search: string): Promise<readonly ListedStory[]> {
  const { stories: list }: { stories: ListedStory[] } = JSON.parse(
    await (await fetch(`${origin}/api/stories${search}`)).text(),
  );
  return list;
}

/** Text as a terminal reader shows it: one line, nothing that cannot be seen. */
const shown = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();

describe.runIf(hasSfeed)('sfeed', () => {
  it.each(
    searches.flatMap((search) => [
      [`/feed.rss${search}`, search] as const,
      [`/feed.atom${search}`, search] as const,
    ]),
  )('lists from %s what /api/stories lists', async (target, search) => {
    const input = Buffer.from(await (await fetch(origin + target)).arrayBuffer());
    const { stdout, status } = spawnSync('sfeed', [origin], { input, encoding: 'utf8' });
    expect(status).toBe(0);
    const rows = stdout.split('\n').filter((line) => line !== '');
    const items = rows.map((row) => row.split('\t'));
    const wanted = await listed(search);
    expect(items.map(([time, title, link, , , id]) => [Number(time), shown(title ?? ''), link, id])).toEqual(
      wanted.map(({ published, title, url, id }) => [
        Math.floor(Date.parse(published) / 1_000),
        shown(title),
        url,
        `urn:sitrep:story:${id}`,
      ]),
    );
  });
});

describe.runIf(hasNewsboat)('newsboat', () => {
  it.each(['rss', 'atom'])('takes in every story of every .%s feed and nothing else', async (format) => {
    for (const [at, search] of searches.entries()) {
      const place = (name: string) => path.join(data.path, `${format}-${at}-${name}`);
      writeFileSync(place('urls'), `${origin}/feed.${format}${search}\n`);
      writeFileSync(place('config'), 'auto-reload no\nuse-proxy no\n');
      const files = ['-u', place('urls'), '-c', place('cache.db'), '-C', place('config')];
      // Not spawnSync: the server that it reads from is in this process.
      await promisify(execFile)('newsboat', [...files, '-x', 'reload'], {
        env: { ...process.env, HOME: data.path, LANG: 'C.UTF-8' },
        timeout: 30_000,
      });
      // The cache is SQLite, which keeps short texts as they are.
      const kept = readFileSync(place('cache.db'), 'latin1').match(/urn:sitrep:story:[0-9A-Za-z]{22}/g) ?? [];
      const wanted = (await listed(search)).map(({ id }) => `urn:sitrep:story:${id}`);
      expect([search, [...new Set(kept)].sort()]).toEqual([search, wanted.sort()]);
    }
  });
});
