import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsFor,
  type TableStory,
  tableHead,
  tableRows,
} from '../../../../bin/commands/query/story-table.ts';
import { textWidth } from '../../../../bin/commands/query/text-width.ts';

const look = { width: 80, colours: false, nowMs: Date.UTC(2026, 10, 22, 12) };
const story = (parts: Partial<TableStory> = {}): TableStory => ({
  title: 'Submarine leaves Perth',
  source: 'harbour-post',
  published: '2026-11-22T09:30:00.000Z',
  topics: [{ topic: 'sea.submarines' }, { topic: 'sea.mines' }],
  copies: [],
  cluster: null,
  ...parts,
});
const rowsOf = (stories: readonly TableStory[], width = 80): string =>
  tableRows(stories, columnsFor(stories, { ...look, width }), { ...look, width });

describe('the table', () => {
  it('shows time, source, first topic, marks and title under a head', () => {
    const stories = [
      story({ copies: [1, 2], cluster: 'event' }),
      story({ topics: [], published: '2024-01-02T03:04:05.000Z', source: 'mod' }),
    ];
    const columns = columnsFor(stories, look);
    expect(tableHead(columns, look) + tableRows(stories, columns, look)).toBe(
      [
        'time (UTC)  source       topic              title',
        '11-22 09:30 harbour-post sea.submarines +2* Submarine leaves Perth',
        '2024-01-02  mod          -                  Submarine leaves Perth',
        '',
      ].join('\n'),
    );
  });

  it('keeps every line to the width, whatever the texts are made of', () => {
    const unit = fc.constantFrom('a', ' ', '日', '🚢', 'e\u0301', '\u001b[31m', '\n', '\u202e');
    const text = fc.string({ unit, maxLength: 200 });
    const stories = fc.array(
      fc
        .record({ title: text, source: text, topic: text, published: text })
        .map(({ topic, ...parts }) =>
          story({ ...parts, topics: [{ topic }], copies: [1, 2, 3, 4, 5, 6, 7, 8], cluster: 'x' }),
        ),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(stories, fc.integer({ min: 40, max: 200 }), (list, width) => {
        const lines = rowsOf(list, width).split('\n');
        expect(lines).toHaveLength(list.length + 1);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('sends no command of a publisher to the terminal', () => {
    const rows = rowsOf([story({ title: '\u001b[2J\u001b]0;x\u0007Cleared', source: '\u009b31mred' })]);
    expect(rows).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f]/);
    expect(rows).toContain('Cleared');
  });

  it('adds colours without changing what is read', () => {
    const stories = [story({ cluster: 'event' })];
    const columns = columnsFor(stories, look);
    const coloured = tableRows(stories, columns, { ...look, colours: true });
    expect(coloured).toContain('\u001b[36m');
    expect(coloured.replaceAll(/\u001b\[\d*m/g, '')).toBe(tableRows(stories, columns, look));
  });

  it('uses the room of a wider terminal for the title', () => {
    const long = story({ title: 'word '.repeat(60).trim() });
    expect(textWidth(rowsOf([long], 80).trimEnd())).toBeGreaterThan(74);
    expect(textWidth(rowsOf([long], 160).trimEnd())).toBeGreaterThan(154);
  });
});
