import { feedDirectory } from '../../lambdas/core/render/feed-directory.ts';
import { feedItem, type FeedDocument } from '../../lambdas/core/render/feed-document.ts';
import { storyLine } from '../../lambdas/core/story/story-line.ts';
import type { Story } from '../../lambdas/core/words/story.ts';
import { catalogue, nowMs, storyOf, tree } from './serve-fixture.ts';

export const directory = feedDirectory(tree, catalogue);

/** The feed of some stories, as a route would make it. */
export function feedOf(stories: readonly Story[], more: Partial<FeedDocument> = {}): FeedDocument {
  const items = stories.map((story) => feedItem(storyLine(story), directory, nowMs));
  return {
    iri: 'urn:sitrep:feed:test',
    title: 'Sitrep: Mines & <mine> countermeasures',
    description: 'A test',
    homeUrl: 'https://wire.example/',
    selfUrl: 'https://wire.example/feed.rss?topic=sea&limit=2',
    nextUrl: null,
    updated: items.length === 0 ? null : Math.max(...items.map(({ changed }) => changed)),
    items,
    ...more,
  };
}

/** Text that breaks careless writers of XML, HTML and JSON. */
export const hostileTexts: readonly string[] = [
  ']]><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '-- > <!-- & &amp; &#0; &nbsp; &bogus;',
  'nul\u0000 bell\u0007 escape\u001b nonchar\ufffe\uffff',
  'lone \ud83d and \udc00 surrogates, paired 🚢',
  'quote " apostrophe \' back\\slash',
  'line\r\nbreak\ttab\u2028separator',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>&x;',
  '$'.concat('{7*7}{{7*7}}'),
  '\u202eright to left\u202c',
];

/** One story per hostile text, which stands in every field that a publisher can fill. */
export const hostileStories: readonly Story[] = hostileTexts.map((text, at) => ({
  ...storyOf({
    n: at + 1,
    title: text,
    summary: text,
    authors: [text],
    organisations: [text],
    systems: [text],
  }),
  url: `https://harbour.example/?q=${text}`,
}));
