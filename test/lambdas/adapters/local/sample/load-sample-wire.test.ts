import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  loadSampleWire,
  SampleWireError,
} from '../../../../../lambdas/adapters/local/sample/load-sample-wire.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sample-wire-'));
  cpSync('data/sample', directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Changes one file of the copy and gives what the loader then complains about. */
function problemsAfter(file: string, change: (text: string) => string): string {
  const path = join(directory, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  try {
    loadSampleWire(directory);
  } catch (error) {
    expect(error).toBeInstanceOf(SampleWireError);
    return error instanceof Error ? error.message : '';
  }
  return 'no problem';
}

function withStory(lines: string): (text: string) => string {
  return (text) => `${text}  - id: added-story\n${lines.replaceAll(/^/gm, '    ')}\n`;
}

const sound = 'at: 5\ntitle: A title\nsummary: A summary\ntopics: []';

describe('loadSampleWire', () => {
  it('loads the sample and gives a copy the text it copies with its credit', () => {
    const { stories } = loadSampleWire(directory);
    const copy = stories.find(({ id }) => id === 'nordic-155mm-agreement');
    const original = stories.find(({ id }) => id === 'nordic-shell-framework');
    expect(copy?.summary).toBe(`${original?.summary} Source: NMO`);
    expect(copy?.topics).toEqual(original?.topics);
    expect(copy?.feeds).toEqual(['trackline']);
  });

  it('accepts a story with nothing but the required fields', () => {
    expect(problemsAfter('stories/trackline.yaml', withStory(sound))).toBe('no problem');
  });

  it('names file and line of YAML that cannot be read', () => {
    expect(problemsAfter('sources.yaml', (text) => text.replace('sources:', 'sources: ]'))).toMatch(
      /sources\.yaml:\d+ /,
    );
  });

  it('names file, line, field and expectation of a value of the wrong type', () => {
    const message = problemsAfter('stories/tarnhill.yaml', (text) => text.replace('at: -6980', 'at: soon'));
    expect(message).toMatch(/tarnhill\.yaml:5 stories\.0\.at: expected a number, got "soon"/);
  });

  it.each([
    ['title: A title', '', /title: expected a title/],
    ['summary: A summary', '', /summary: expected a summary/],
    ['topics: []', '', /topics: expected a list of topics/],
    ['topics: []', 'topics: [Submarines]', /topics\.0: expected a topic such as sea\.submarines/],
    ['at: 5', 'at: .inf', /at: expected/],
    ['at: 5', 'at: 5\nfeeds: [hull-horizon]', /feeds\.0: expected a feed of trackline, got hull-horizon/],
    ['at: 5', 'at: 5\nedits: [{at: 5, title: T}]', /edits\.0\.at: expected more than 5, got 5/],
    ['at: 5', 'at: 5\ncredit: X', /credit: expected only with copyOf/],
    ['at: 5', 'at: 5\ncopyOf: tank-gunnery-heat', /copyOf: expected the id of another source’s own story/],
    ['at: 5', 'at: 5\ncopyOf: nowhere', /copyOf: expected the id .* got nowhere/],
    ['at: 5', 'at: 5\ncopyOf: donetsk-frontline', /summary: expected none/],
    ['at: 5', 'at: 5\ntopisc: []', /topisc: unknown key, did you mean topics/],
  ])('refuses a story with %j made %j', (from, to, expected) => {
    const message = problemsAfter('stories/trackline.yaml', withStory(sound.replace(from, to)));
    expect(message).toMatch(expected);
    expect(message).toMatch(/trackline\.yaml:\d+ stories\.21/);
  });

  it('refuses an id that two stories share, even in two files', () => {
    const message = problemsAfter('stories/trackline.yaml', (text) =>
      text.replace('id: drone-reload', 'id: india-patrol-jets'),
    );
    expect(message).toMatch(/trackline\.yaml:\d+ .*id: expected a new id, got india-patrol-jets again/);
  });

  it.each([
    [
      'id: trackline\n    source: trackline',
      'id: trackline\n    source: nobody',
      /source: expected the id of a source/,
    ],
    [
      'id: trackline\n    source',
      'id: skyvane\n    source',
      /id: expected it only once, got feed skyvane again/,
    ],
    ['path: /trackline/feed.rss', 'path: /muster-roll/feed.rss', /path: expected it only once/],
    [
      'https://tarnhill.example/\n',
      'https://tarnhill.com/\n',
      /url: expected an http\(s\) address under \.example/,
    ],
    [
      'format: rdf',
      'format: rdf\n    relativeLinks: true',
      /relativeLinks: expected false unless format is atom/,
    ],
    ['format: rdf', 'format: html', /format: expected one of rss, atom, rdf, json, got "html"/],
    ['country: SG', 'country: Singapore', /country: expected an ISO 3166-1/],
    ['p={id}', 'p=1', /guid: expected a pattern that contains \{id\}/],
  ])('refuses sources with %j made %j', (from, to, expected) => {
    expect(problemsAfter('sources.yaml', (text) => text.replace(from, to))).toMatch(expected);
  });

  it('refuses stories of a source that has no feed', () => {
    const message = problemsAfter('stories/tarnhill.yaml', (text) =>
      text.replace('source: tarnhill', 'source: nobody'),
    );
    expect(message).toMatch(/tarnhill\.yaml:2 source: expected a source that has a feed, got nobody/);
  });

  it('reports every fault of the stories at once', () => {
    const message = problemsAfter('stories/trackline.yaml', withStory('at: 5'));
    expect(message).toMatch(/3 fault/);
  });
});
