import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sitrep, startLocal, temporaryDirectory } from './support/local-run.ts';
import { parseXml } from './support/parse-xml.ts';
import { startPublisher } from './support/publisher.ts';

interface PollAnswer {
  readonly polls: {
    feed: string;
    outcome: string;
    entries: number;
    new: number;
    updated: number;
    known: number;
    rejected: number;
  }[];
}

interface StoryFields {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly topics: { topic: string }[];
}

const directories: { remove(): void }[] = [];
const directory = (): string => {
  const made = temporaryDirectory();
  directories.push(made);
  return made.path;
};
afterAll(() => {
  for (const made of directories) made.remove();
});

const pollAll = async (url: string): Promise<PollAnswer['polls']> => {
  const response = await fetch(`${url}/local/poll`, { method: 'POST' });
  const { polls }: PollAnswer = JSON.parse(await response.text());
  return polls;
};

const allStories = async (url: string): Promise<StoryFields[]> => {
  const stories: StoryFields[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { stories: StoryFields[]; nextCursor: string | null } = JSON.parse(
      await (await fetch(`${url}/api/stories?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`)).text(),
    );
    stories.push(...page.stories);
    cursor = page.nextCursor;
  }
  return stories;
};

const sumOf = (polls: PollAnswer['polls'], name: 'entries' | 'new' | 'updated' | 'known' | 'rejected') =>
  polls.reduce((sum, poll) => sum + poll[name], 0);

const identity = (story: StoryFields) => `${story.source} ${story.title}`;

describe('a local run of the sample wire', () => {
  it('serves the wire, ends on Ctrl-C and goes on where it was, with nothing doubled and nothing lost', async () => {
    const data = directory();
    const first = await startLocal(['--data', data]);
    await pollAll(first.url);
    const before = await allStories(first.url);
    expect(before.length).toBeGreaterThan(140);
    expect(new Set(before.map((story) => story.id)).size).toBe(before.length);

    const feed = parseXml(await (await fetch(`${first.url}/feed.rss?topic=sea&limit=200`)).text());
    expect(feed.name).toBe('rss');
    const ended = await first.end('SIGINT');
    expect(ended).toMatchObject({ code: 0 });

    const second = await startLocal(['--data', data]);
    const polls = await pollAll(second.url);
    const after = await allStories(second.url);
    const kept = new Set(after.map((story) => story.id));
    expect(before.filter((story) => !kept.has(story.id))).toEqual([]);
    expect(new Set(after.map(identity)).size).toBe(after.length);
    for (const poll of polls)
      expect(poll.entries, poll.feed).toBe(poll.new + poll.updated + poll.known + poll.rejected);
    expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
  });

  it('loses and doubles nothing when it is killed while the first polls are under way', async () => {
    const reference = await startLocal(['--data', directory()]);
    await pollAll(reference.url);
    const whole = (await allStories(reference.url)).map(identity);
    await reference.end('SIGINT');

    const data = directory();
    const killed = await startLocal(['--data', data]);
    await killed.end('SIGKILL');
    const again = await startLocal(['--data', data]);
    await pollAll(again.url);
    const stories = (await allStories(again.url)).map(identity);
    await again.end('SIGINT');
    expect(new Set(stories).size).toBe(stories.length);
    expect(whole.filter((story) => !stories.includes(story))).toEqual([]);
  });

  it('ends on Ctrl-C while a publisher keeps a poll waiting, and says what it left behind', async () => {
    const publisher = await startPublisher();
    const data = directory();
    const file = path.join(data, 'feeds.opml');
    const outline = `<outline text="x" type="rss" xmlUrl="${publisher.url('/slow')}"/>`;
    writeFileSync(file, `<opml version="2.0"><head/><body>${outline}</body></opml>`);
    const asked = new Promise<void>((resolve) => publisher.serve('/slow', () => resolve()));
    const run = await startLocal(['--data', data, '--feeds', file, '--allow-host', publisher.host]);
    const polled = fetch(`${run.url}/local/poll`, { method: 'POST' });
    await asked;
    const ended = await run.end('SIGINT');
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('Stopped with work left in hand');
    expect(existsSync(path.join(data, 'running.json'))).toBe(true);
    // It is answered, because the server ends beside the queues and not before them.
    const answer = await polled;
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('stopping');
    await publisher.close();
  });

  it('logs one correlation id in every hop a story passes', async () => {
    const data = directory();
    const run = await startLocal(['--data', data]);
    let stories = await allStories(run.url);
    while (stories.length === 0) stories = await allStories(run.url);
    const id = stories[0]?.id;
    await fetch(`${run.url}/api/stories/${id}`);
    await run.end('SIGINT');
    const log = readFileSync(path.join(data, 'sitrep.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    const trace = log.find((line) => line.message === 'entry.stored' && line.story === id)?.trace;
    expect(trace).toMatch(/^t-/);
    const events = new Set(
      log.filter((line) => JSON.stringify(line).includes(`"${trace}"`)).map((line) => line.message),
    );
    expect([...events]).toEqual(
      expect.arrayContaining([
        'schedule.sent',
        'poll.entries-sent',
        'poll.finished',
        'entry.stored',
        'serve.answered',
      ]),
    );
  });
});

describe('sitrep local --once', () => {
  it('prints one JSON object in which every poll adds up, and keeps what it stored', async () => {
    const data = directory();
    const first = await sitrep(['local', '--once', '--json', '--data', data]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { polls }: PollAnswer = JSON.parse(first.stdout);
    for (const poll of polls)
      expect(poll.entries, poll.feed).toBe(poll.new + poll.updated + poll.known + poll.rejected);
    expect(polls.find((poll) => poll.feed === 'nordic-materiel-notices')?.outcome).toBe('server-error');
    expect(sumOf(polls, 'new')).toBeGreaterThan(140);

    const second: PollAnswer = JSON.parse(
      (await sitrep(['local', '--once', '--json', '--data', data])).stdout,
    );
    expect(sumOf(second.polls, 'new')).toBeLessThan(5);
    expect(second.polls.map((poll) => poll.outcome)).not.toContain('parse-failed');
  });

  it('refuses private addresses unless they are allowed by name', async () => {
    const file = path.join(directory(), 'feeds.opml');
    const outline = '<outline text="x" type="rss" xmlUrl="http://127.0.0.1:9/feed"/>';
    writeFileSync(file, `<opml version="2.0"><head/><body>${outline}</body></opml>`);
    const outcomes = async (...args: string[]) => {
      const { stdout } = await sitrep([
        'local',
        '--once',
        '--json',
        '--feeds',
        file,
        '--data',
        directory(),
        ...args,
      ]);
      const { polls }: PollAnswer = JSON.parse(stdout);
      return polls.map((poll) => poll.outcome);
    };
    expect(await outcomes()).toEqual(['guarded']);
    expect(await outcomes('--allow-host', '127.0.0.1:9')).toEqual(['connect']);
  });
});

describe('the command line', () => {
  it('lists its commands, and each command helps', async () => {
    const { code, stdout } = await sitrep(['--help']);
    expect(code).toBe(0);
    for (const name of ['local', 'parse', 'tag', 'feeds']) {
      expect(stdout).toContain(name);
      expect(await sitrep([name, '--help'])).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('exits with 2 and the usage for an unknown command, option or value', async () => {
    for (const args of [
      [],
      ['nosuch'],
      ['local', '--nosuch'],
      ['local', '--port', 'x'],
      ['local', '--live', '--feeds', 'x'],
    ]) {
      const { code, stdout, stderr } = await sitrep(args);
      expect(code, args.join(' ')).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('Usage');
    }
  });

  it('names line and field of a catalogue that cannot be read', async () => {
    const file = path.join(directory(), 'feeds.yaml');
    writeFileSync(
      file,
      'sources: []\nfeeds:\n  - {id: a, url: "ftp://x", title: A, source: nobody, country: US, language: en, kind: trade}\n',
    );
    const { code, stderr } = await sitrep(['local', '--once', '--feeds', file, '--data', directory()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/feeds\.yaml:3/);
    expect(stderr).toContain('url');
  });

  it('says in plain words that files are not there or not to be had, and takes nothing back of an unclean end', async () => {
    const taken = path.join(directory(), 'taken');
    writeFileSync(taken, '');
    const unclean = directory();
    const marker = JSON.stringify({ pid: 4_194_305, start: null, drainedAt: 1 });
    writeFileSync(path.join(unclean, 'running.json'), marker);
    // Directories where the engines keep a file, and the other way round.
    mkdirSync(path.join(unclean, 'wire.sqlite'));
    writeFileSync(path.join(unclean, 'wire.leveldb'), '');
    for (const [args, message] of [
      [['--data', taken], `Expected --data ${taken} to be a directory`],
      [['--feeds', path.join(taken, 'feeds.yaml'), '--data', directory()], 'expected a readable file'],
      [['--data', unclean], ''],
    ] as const) {
      const { code, stdout, stderr } = await sitrep(['local', '--once', ...args]);
      expect(code, stderr).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^ {4}at /m);
    }
    expect(readFileSync(path.join(unclean, 'running.json'), 'utf8')).toBe(marker);
  });
});
