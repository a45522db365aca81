import { describe, expect, it } from 'vitest';
import { formerContentHash, formerEntryKey } from '../../../../lambdas/core/identity/former-identity.ts';
import type { SeenEntry } from '../../../../lambdas/core/poll/feed-state.ts';
import { article, identityFeed, type ListedArticle } from '../../../support/identity-world.ts';

const day = 20_700;
const identityOf = ({ guid, link, title, summary }: ListedArticle) => ({ id: guid, link, title, summary });
/** The window as the first version of keys and hashes left it. */
const formerWindow = (listed: readonly ListedArticle[]): SeenEntry[] =>
  listed.map((one) => ({
    key: formerEntryKey(identityOf(one)),
    hash: formerContentHash({ ...one, url: one.link }),
    seenDay: day,
    leftDay: null,
  }));

describe('keys and hashes of the first version', () => {
  it.each([
    [
      {
        id: 'tag:example.org,2026:1',
        link: 'https://example.org/1',
        title: 'Ships sail',
        summary: 'At dawn.',
      },
      'gbSVaBsT-BppuDMJA',
      'UcNB2XzeQW8eBCri',
    ],
    [
      { id: 'https://www.example.org/a/?utm_source=rss', link: null, title: null, summary: null },
      'gtbEN0EKeaax8-vCi',
      'daEdpEyAJIa8b2Vk',
    ],
    [
      { id: null, link: 'https://m.example.org/a/index.html?ref=rss', title: 'T', summary: null },
      'u3iYu1qfvtJUNMPHN',
      'fHyutDVeM1aig84p',
    ],
    [
      { id: null, link: 'https://example.org/read?token=a1', title: 'One', summary: null },
      'uo2bCacRIzG1xEsms',
      'j8inz6shD--1s-WN',
    ],
    [{ id: null, link: null, title: 'Ships', summary: 'Sail' }, 'tpn-CvRFMbYFLVueL', 'Gvgj_i0580ZkCs2J'],
  ])('are what they were for %j', (identity, key, hash) => {
    const { link: url, title, summary } = identity;
    expect(formerEntryKey(identity)).toBe(key);
    expect(formerContentHash({ url, title: title ?? '', summary: summary ?? '' })).toBe(hash);
  });

  it.each([
    ['guids', (one: ListedArticle) => one],
    ['addresses as guids', (one: ListedArticle) => ({ ...one, guid: `${one.link}/index.html?ref=rss` })],
    [
      'no guids',
      (one: ListedArticle) => ({
        ...one,
        guid: null,
        link: `https://touch.news.example//2026/index.html?a=${one.name}`,
      }),
    ],
    ['text only', (one: ListedArticle) => ({ ...one, guid: null, link: null })],
    [
      'links through a go-between',
      (one: ListedArticle) => ({
        ...one,
        guid: null,
        link: `https://www.google.com/url?url=${one.link}&usg=1`,
      }),
    ],
    ['counters in the summary', (one: ListedArticle) => ({ ...one, summary: `${one.summary} 12 comments` })],
  ])('are known after the upgrade and neither announced nor taken for edits: %s', (_, habit) => {
    const listed = [1, 2, 3].map((number) => habit(article(number, day)));
    const feed = identityFeed({ window: formerWindow(listed) });
    expect(feed.poll(listed, day)).toMatchObject({ fresh: [], changed: [], known: 3 });
    expect(feed.state.window.every(({ hash }) => hash.length === 17)).toBe(true);
    expect(feed.poll(listed, day)).toMatchObject({ fresh: [], changed: [], known: 3 });
  });

  it('still show a true edit, and another guid for the same article, at the upgrade', () => {
    const listed = [1, 2, 3].map((number) => article(number, day));
    const feed = identityFeed({ window: formerWindow(listed) });
    const [first, second, third] = listed;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three articles');
    const now = [{ ...first, title: 'Another headline' }, { ...second, guid: 'moved' }, third];
    expect(feed.poll(now, day)).toMatchObject({ fresh: [], changed: ['n1'], known: 2 });
  });

  it('tell apart those that shared a page', () => {
    const listed = [1, 2].map((number) => ({
      ...article(number, day),
      guid: null,
      link: 'https://news.example/',
    }));
    const feed = identityFeed();
    feed.poll(listed, day);
    expect(feed.poll([...listed].reverse(), day)).toMatchObject({ fresh: [], changed: [] });
  });
});
