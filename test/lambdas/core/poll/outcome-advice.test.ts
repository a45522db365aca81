import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomeAdvice, pollOutcomeNamed } from '../../../../lambdas/core/poll/outcome-advice.ts';
import { type PollOutcome, pollOutcomes } from '../../../../lambdas/core/poll/poll-outcome.ts';

const outcomes = Object.keys(pollOutcomes).flatMap((name) => pollOutcomeNamed(name) ?? []);

describe('outcomeAdvice', () => {
  it('has a sentence for every outcome, and adds what the state knows', () => {
    for (const outcome of outcomes) expect(outcomeAdvice(outcome).advice).toMatch(/^[A-Z].*\.$/);
    const gone = { firstAt: 1, sightings: 3, disabledAt: 2 };
    expect(outcomeAdvice('gone', { gone }).advice).toContain('once a week');
    expect(outcomeAdvice('gone', { gone: { ...gone, disabledAt: null } }).advice).not.toContain('week');
    const movedTo = 'https://new.example/feed';
    expect(outcomeAdvice('unchanged', { movedTo }).advice).toBe(
      'The feed has moved for good; put https://new.example/feed in the catalogue.',
    );
    expect(outcomeAdvice('new-entries', { overrun: { minutes: 10, at: 0 } }).advice).toContain('10 minutes');
  });

  it('finds outcomes by name and nothing else', () => {
    expect(pollOutcomeNamed('gone')).toBe('gone');
    expect(pollOutcomeNamed('toString')).toBeNull();
    expect(pollOutcomeNamed('')).toBeNull();
  });
});

describe('the runbook', () => {
  it('has a row with weight and advice for every outcome, and no other', () => {
    const file = path.join(import.meta.dirname, '../../../../docs/runbook.md');
    const table = readFileSync(file, 'utf8').split('## Poll outcomes')[1] ?? '';
    const rows = [...table.matchAll(/^\| `([\w-]+)` \| (\w+) \| (.+) \| (.+) \|$/gm)].map((cells) =>
      cells.slice(1),
    );
    const expected = outcomes.map((name: PollOutcome) => [
      name,
      pollOutcomes[name].weight,
      pollOutcomes[name].advice,
    ]);
    expect(rows.map(([name, weight, , advice]) => [name, weight, advice])).toEqual(expected);
  });
});
