/**
 * The whole pipeline over captured real feeds: serves them on loopback, runs `sitrep local --once` over them as a user
 * would, and prints what became of every entry.
 *   node --import tsx bench/captured-feeds.ts [FOLDER]      (default ../shared/eval/feeds; it holds a manifest.json)
 * Without the folder it says so and ends.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';

interface Captured {
  readonly file: string;
  readonly contentType: string | null;
}

interface Poll {
  readonly feed: string;
  readonly outcome: string;
  readonly entries: number;
  readonly new: number;
  readonly updated: number;
  readonly known: number;
  readonly rejected: number;
}

const root = path.join(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? path.join(root, '../shared/eval/feeds'));
if (!existsSync(path.join(folder, 'manifest.json'))) {
  console.log(`No captured feeds in ${folder}; nothing to do.`);
  process.exit(0);
}
const manifest: Captured[] = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));

let requests = 0;
let open = 0;
let mostOpen = 0;
const server = createServer((request, response) => {
  requests += 1;
  open += 1;
  mostOpen = Math.max(mostOpen, open);
  response.on('close', () => {
    open -= 1;
  });
  const captured = manifest[Number(/^\/(\d+)/.exec(request.url ?? '')?.[1])];
  if (captured === undefined) return response.writeHead(404).end();
  const headers = captured.contentType === null ? {} : { 'content-type': captured.contentType };
  response.writeHead(200, headers).end(readFileSync(path.join(folder, captured.file)));
});
const port = await new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
});

const work = mkdtempSync(path.join(tmpdir(), 'sitrep-captured-'));
const lines = manifest.map(
  (_captured, at) =>
    `  - {id: captured-${at}, url: "http://127.0.0.1:${port}/${at}.xml", title: "Captured ${at}", source: source-${at}, country: US, language: en, kind: trade}`,
);
const sources = manifest.map(
  (_captured, at) =>
    `  - {id: source-${at}, title: "Source ${at}", url: "https://source-${at}.example/", country: US, kind: trade}`,
);
writeFileSync(
  path.join(work, 'feeds.yaml'),
  `sources:\n${sources.join('\n')}\nfeeds:\n${lines.join('\n')}\n`,
);

const local = [
  'local',
  '--feeds',
  path.join(work, 'feeds.yaml'),
  '--data',
  path.join(work, 'data'),
  '--allow-host',
  `127.0.0.1:${port}`,
];
const from = performance.now();
const once = await sitrep([...local, '--once', '--json']);
const tookSeconds = (performance.now() - from) / 1_000;
const { polls }: { polls: Poll[] } = JSON.parse(once);
const sum = (name: 'entries' | 'new' | 'updated' | 'known' | 'rejected') =>
  polls.reduce((total, poll) => total + poll[name], 0);
const outcomes = new Map<string, number>();
for (const poll of polls) outcomes.set(poll.outcome, (outcomes.get(poll.outcome) ?? 0) + 1);
const wrong = polls.filter((poll) => poll.entries !== poll.new + poll.updated + poll.known + poll.rejected);

console.log(
  `${polls.length} of ${manifest.length} feeds answered in ${tookSeconds.toFixed(1)} s, ${requests} requests, at most ${mostOpen} at once`,
);
console.log('outcomes:', Object.fromEntries(outcomes));
for (const poll of polls.filter((row) => row.outcome !== 'new-entries')) {
  console.log(`  ${poll.outcome}: ${manifest[Number(poll.feed.slice(9))]?.file}`);
}
console.log(
  `entries ${sum('entries')} = new ${sum('new')} + updated ${sum('updated')} + known ${sum('known')} + rejected ${sum('rejected')}; sums that are off: ${wrong.length}`,
);
await showServed();
server.close();
rmSync(work, { recursive: true, force: true });

/** Starts the server on what was stored and shows how many stories carry tags, and three of them. */
async function showServed(): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'bin/sitrep.mjs'), ...local, '--port', '0', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const address = /"url":"([^"]+)"/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  const get = async (route: string) => JSON.parse(await (await fetch(url + route)).text());
  let stories: { topics: unknown[]; countries: unknown[]; feeds: string[]; title: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { stories: typeof stories; nextCursor: string | null } = await get(
      `/api/stories?limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    );
    stories = [...stories, ...page.stories];
    cursor = page.nextCursor;
  }
  const share = (count: number) => `${count} (${((100 * count) / stories.length).toFixed(1)} %)`;
  console.log(
    `stored ${(await get('/healthz')).stories}, walked ${stories.length}; with topic ${share(stories.filter((story) => story.topics.length > 0).length)}; with country ${share(stories.filter((story) => story.countries.length > 0).length)}`,
  );
  // Most captured feeds are no defence news; the official ones show what a story of ours looks like.
  const official = stories.filter(
    ({ feeds, topics }) =>
      topics.length > 1 && manifest[Number(feeds[0]?.slice(9))]?.file.startsWith('af.mil'),
  );
  const byTitle = new Map(official.map((story) => [story.title, story]));
  for (const story of [...byTitle.values()].slice(0, 3)) console.log(JSON.stringify(story));
  child.kill('SIGINT');
  await new Promise((resolve) => child.on('close', resolve));
}

function sitrep(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [path.join(root, 'bin/sitrep.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`sitrep ended with ${code}`)),
    );
  });
}
