import { describe, expect, it } from 'vitest';
import { dataDirectory, loadData } from '../../../../bin/compile-data.ts';
import { rulesFingerprint } from '../../../../lambdas/core/retag/rules-fingerprint.ts';
import type { TaggingRules } from '../../../../lambdas/core/tag/rules.ts';

const { rules } = loadData(dataDirectory);

describe('rulesFingerprint', () => {
  it('is the same for the same rules, also after they were written to a file', () => {
    expect(rulesFingerprint(rules)).toMatch(/^[0-9a-f]{16}$/);
    expect(rulesFingerprint(JSON.parse(JSON.stringify(rules)))).toBe(rulesFingerprint(rules));
  });

  it('changes with a topic, a name or what was learnt, though the taxonomy keeps its version', () => {
    const others: readonly TaggingRules[] = [
      { ...rules, topics: rules.topics.slice(1) },
      { ...rules, adjectives: { ...rules.adjectives, DE: 'another' } },
      { ...rules, model: null },
      { ...rules, version: rules.version + 1 },
    ];
    expect(new Set([rules, ...others].map(rulesFingerprint)).size).toBe(5);
  });
});
