import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './lib/synthesised.ts';

describe('the runbook', () => {
  it('has one heading for each alarm and no other', () => {
    const runbook = readFileSync(path.join(import.meta.dirname, '../docs/runbook.md'), 'utf8');
    const headings = [...runbook.matchAll(/^## (\w+)$/gm)].map((match) => match[1]);
    const alarms = resourcesOf(templateOf('prod'), 'AWS::CloudWatch::Alarm');
    const names = [...alarms.values()].map(({ Properties }) =>
      String(Properties.AlarmName).replace(/^sitrep-\w+-/, ''),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(headings.sort()).toEqual(names.sort());
  });
});
