import { describe, expect, test } from 'vitest';
import { summaryTable } from '../../../../bin/commands/retag/summary-table.ts';
import { decideRetag } from '../../../../lambdas/core/retag/decide-retag.ts';
import { openProgress, type RetagMode } from '../../../../lambdas/core/retag/retag-progress.ts';
import { emptySummary, mergeSummaries, storySummary } from '../../../../lambdas/core/retag/retag-summary.ts';
import type { Tags } from '../../../../lambdas/core/words/story.ts';
import { storyAt, tagsOf } from '../../../support/stories.ts';

const at = '2026-11-19T10:00:00.000Z';
const change = (number: number, before: Tags, after: Tags, title?: string) => {
  const story = storyAt(number, at, { tags: before, ...(title === undefined ? {} : { title }) });
  return storySummary(story, decideRetag(story, after, 2));
};
const subs = tagsOf(['sea.submarines'], ['NO']);
const mines = tagsOf(['sea.mines'], ['NO']);
const many = (count: number, before: Tags, after: Tags) =>
  Array.from({ length: count }, (_, number) => change(number, before, after));

function tableOf(
  parts: readonly ReturnType<typeof change>[],
  mode: RetagMode = 'dry-run',
  width = 80,
): string[] {
  const wish = { mode, fingerprint: 'f', taxonomyVersion: 2, since: null, restart: false, now: at };
  const summary = parts.reduce(mergeSummaries, emptySummary);
  return summaryTable({ ...openProgress(null, wish), summary }, width).split('\n');
}

describe('the table of a re-tagging', () => {
  test('says per topic how many stories gain and lose it, with examples', () => {
    const lines = tableOf([...many(37, subs, mines), ...many(4, mines, subs), ...many(1_200, subs, subs)]);
    expect(lines.slice(0, 4)).toEqual([
      'Taxonomy version 2: 1,241 stories read.',
      '         41  would gain or lose something',
      '          0  would keep their tags with other scores or evidence',
      '      1,200  would stay as they are',
    ]);
    expect(lines).toContain('  sea.mines       +37 −4');
    expect(lines).toContain('  sea.submarines  +4 −37');
    expect(lines.filter((line) => line.startsWith('    + '))).toHaveLength(6);
    expect(lines.filter((line) => line.startsWith('    − '))).toHaveLength(6);
  });

  test('says what was done when it was done, and has no section without a change', () => {
    const lines = tableOf(many(1, subs, subs), 'apply');
    expect(lines[0]).toBe('Taxonomy version 2: 1 story read.');
    expect(lines).toContain('          1  stayed as they were');
    expect(lines.join('\n')).not.toMatch(/Topics|Relevance|Names/);
  });

  test('shows relevance and names with the stories that changed', () => {
    const swedish = { ...tagsOf([], ['SE']), organisations: [{ name: 'Saab', evidence: [] }] };
    const lines = tableOf([change(1, subs, swedish)]);
    expect(lines).toContain('  core → none               1');
    expect(lines).toContain('  countries       +1 −1');
    expect(lines).toContain('    SE +1');
    expect(lines).toContain('    + Saab: Frigate number 1 joins the fleet');
  });

  test('keeps to the width and prints no control character of a title', () => {
    const hostile = `\u001b[2J\u202e${'A long title of a story '.repeat(9)}`;
    const parts = [change(1, subs, { ...mines, relevance: 'none' }, hostile)];
    for (const width of [40, 80]) {
      const lines = tableOf(parts, 'dry-run', width);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
