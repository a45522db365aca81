import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../../../lambdas/core/catalogue/catalogue.ts';
import { renderCatalogue } from '../../../../lambdas/core/catalogue/catalogue-yaml.ts';
import {
  feedAtAddress,
  languageTag,
  proposedFeed,
} from '../../../../lambdas/core/catalogue/feed-proposal.ts';
import type { Catalogue } from '../../../../lambdas/core/words/feed.ts';

const catalogue: Catalogue = {
  sources: [
    { id: 'a', title: 'A', url: 'https://www.a.example/', country: 'SE', kind: 'trade' },
    { id: 'b', title: 'B', url: 'https://b.example/', country: 'FR', kind: 'official' },
  ],
  feeds: [
    {
      id: 'news',
      url: 'https://a.example/f',
      title: 'News',
      source: 'a',
      country: 'SE',
      language: 'sv',
      kind: 'trade' as const,
    },
  ],
};
const facts = { title: 'News', link: null, language: null, id: null, source: null };

describe('proposedFeed', () => {
  test('joins the source of its host, with its language and a free id', () => {
    const { feed, newSource, assumed } = proposedFeed(catalogue, { ...facts, url: 'https://a.example/2' });
    expect(feed).toEqual({
      id: 'news-2',
      url: 'https://a.example/2',
      title: 'News',
      source: 'a',
      country: 'SE',
      language: 'sv',
      kind: 'trade',
    });
    expect([newSource, assumed]).toEqual([null, []]);
  });

  test('takes the id, source and language it is given', () => {
    const [, source = null] = catalogue.sources;
    const asked = { ...facts, url: 'https://a.example/2', id: 'mine', source, language: 'EN-us' };
    expect(proposedFeed(catalogue, asked).feed).toMatchObject({
      id: 'mine',
      source: 'b',
      country: 'FR',
      kind: 'official',
      language: 'en-US',
    });
  });

  test('brings a source for a host that is new, and says what it could not know', () => {
    const link = 'https://www.c.example/home';
    const { newSource, feed, assumed } = proposedFeed(catalogue, {
      ...facts,
      url: 'https://c.example/f',
      title: 'A',
      link,
    });
    expect(newSource).toEqual({ id: 'a-2', title: 'A', url: link, country: 'INT', kind: 'general' });
    expect([feed.source, feed.language, assumed]).toEqual(['a-2', 'en', ['country', 'kind', 'language']]);
    const elsewhere = proposedFeed(catalogue, {
      ...facts,
      url: 'https://c.example/f',
      link: 'https://x.example/',
    });
    expect(elsewhere.newSource?.url).toBe('https://c.example/');
  });

  test.each([[null], [''], ['  \u0000 '], ['軍事'], ['\u001b[2J'], [`${'x'.repeat(299)}\u{1f680}`]])(
    'makes a valid entry of a feed titled %j',
    (title) => {
      const { feed, newSource } = proposedFeed(catalogue, {
        ...facts,
        url: 'https://c.example:8443/f',
        title,
      });
      const sources = newSource === null ? [] : [newSource];
      const whole = { sources: [...catalogue.sources, ...sources], feeds: [...catalogue.feeds, feed] };
      expect(readCatalogue(renderCatalogue(whole), 'x.yaml')).toMatchObject({ ok: true });
      expect(feed.title).not.toMatch(/\p{Cc}/u);
    },
  );
});

test('feedAtAddress finds a feed under another spelling of its address', () => {
  expect(feedAtAddress(catalogue, 'HTTP://www.a.example/f/?utm_source=x#y')?.id).toBe('news');
  expect(feedAtAddress(catalogue, 'https://a.example/f?section=sea')).toBeNull();
  expect(feedAtAddress(catalogue, 'no address')).toBeNull();
});

test.each([
  ['en', 'en'],
  ['en-us', 'en-US'],
  ['PT_br', 'pt-BR'],
  ['zh-Hans-CN', 'zh'],
  ['english', null],
  ['xx', null],
  ['', null],
  [null, null],
])('the language %j is %j', (text, tag) => {
  expect(languageTag(text)).toBe(tag);
});
