import { describe, expect, it } from 'vitest';
import { queryVocabulary } from '../../../../lambdas/core/query/query-vocabulary.ts';
import { feedTitle } from '../../../../lambdas/core/render/feed-title.ts';
import { parameterNames, readStoryQuery } from '../../../../lambdas/core/query/story-query.ts';
import { directory } from '../../../support/feed-fixture.ts';
import { catalogue, nowMs, tree } from '../../../support/serve-fixture.ts';

function title(search: string): string | null {
  const vocabulary = queryVocabulary(tree, catalogue);
  const query = readStoryQuery(search, { vocabulary, nowMs, allowed: parameterNames });
  return query.ok ? feedTitle(query.value, directory) : null;
}

describe('feedTitle', () => {
  it.each([
    ['', 'Sitrep'],
    ['limit=5&since=24h', 'Sitrep'],
    ['topic=sea.submarines', 'Sitrep: Submarines'],
    ['topic=sea,-sea.submarines&country=AU', 'Sitrep: Sea / not Submarines, AU'],
    ['source=harbour-post&q=mine+drill', 'Sitrep: Harbour Post, “mine drill”'],
  ])('names the feed of %j %j', (search, expected) => {
    expect(title(search)).toBe(expected);
  });

  it('is capped', () => {
    expect(title(`org=${'a'.repeat(120)}&person=${'b'.repeat(120)}`)?.length).toBe(200);
  });
});
