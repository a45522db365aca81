import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PollRow } from '../../../bin/local/ledger.ts';
import { createScreen } from '../../../bin/local/screen.ts';
import { feedOf } from '../../support/stories.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const row = (feed: string, parts: Partial<PollRow> = {}): PollRow => ({
  feed,
  outcome: 'new-entries',
  entries: 2,
  new: 2,
  updated: 0,
  known: 0,
  rejected: 0,
  ...parts,
});

function screenOn(terminal: { isTTY: boolean; rows?: number; columns?: number }) {
  const output = Object.assign(new PassThrough(), terminal);
  let text = '';
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const feeds = ['alpha', 'bravo'].map((id) => feedOf(id));
  const footer = ['Open   http://127.0.0.1:8787/'];
  return { screen: createScreen({ output, feeds, footer }), text: () => text };
}

describe('the screen of a local run', () => {
  it('prints table and footer once, every line within 80 columns', () => {
    const { screen, text } = screenOn({ isTTY: false });
    screen.polls([row('alpha'), row('bravo', { outcome: 'server-error', entries: 0, new: 0 })], [], now);
    expect(
      text()
        .split('\n')
        .every((line) => line.length <= 79),
    ).toBe(true);
    expect(text()).toMatch(/alpha +new-entries +2 +0 +0 +0 +now/);
    expect(text()).toContain('Open   http://127.0.0.1:8787/');
  });

  it('adds only news where it cannot redraw: new stories, and an outcome that turned bad', () => {
    const { screen, text } = screenOn({ isTTY: false });
    screen.polls([row('alpha'), row('bravo')], [], now);
    const before = text().length;
    screen.polls([row('alpha', { outcome: 'not-modified', entries: 0, new: 0 })], [], now);
    expect(text()).toHaveLength(before);
    screen.polls(
      [row('alpha', { new: 1 }), row('bravo', { outcome: 'timeout', new: 0, entries: 0 })],
      [],
      now,
    );
    expect(text().slice(before)).toMatch(/alpha +new-entries: 1 new\n.*bravo +timeout\n/);
    const after = text().length;
    screen.polls([row('bravo', { outcome: 'timeout', new: 0, entries: 0 })], [], now);
    expect(text()).toHaveLength(after);
  });

  it('moves up by as many rows as the terminal used, wrapped lines included', () => {
    const wide = screenOn({ isTTY: true, rows: 40, columns: 80 });
    wide.screen.polls([row('alpha')], [], now);
    wide.screen.polls([row('alpha')], [], now);
    expect(wide.text()).toContain('\u001b[4A');
    const narrow = screenOn({ isTTY: true, rows: 40, columns: 40 });
    narrow.screen.polls([row('alpha')], [], now);
    narrow.screen.polls([row('alpha')], [], now);
    expect(narrow.text()).toContain('\u001b[6A');
  });
});
