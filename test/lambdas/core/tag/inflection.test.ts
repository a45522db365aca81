import { expect, test } from 'vitest';
import { lemmaOf, stemOf } from '../../../../lambdas/core/tag/inflection.ts';

test.each([
  ['missiles', 'missile'],
  ['batteries', 'battery'],
  ['launches', 'launch'],
  ['losses', 'loss'],
  ['crisis', 'crisis'],
  ['corps', 'corp'],
  ['gas', 'gas'],
])('%s is a form of %s', (word, lemma) => {
  expect(lemmaOf(word)).toBe(lemma);
});

test.each([
  ['award', 'awards', 'awarded', 'awarding'],
  ['seize', 'seizes', 'seized', 'seizing'],
  ['deploy', 'deploys', 'deployed', 'deploying'],
  ['stop', 'stops', 'stopped', 'stopping'],
  ['supply', 'supplies', 'supplied', 'supplying'],
])('the forms of %s share a stem', (...forms) => {
  expect(new Set(forms.map(stemOf)).size).toBe(1);
});
