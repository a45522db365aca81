import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderFeedPage } from '../../../../lambdas/core/render/feed-page.ts';
import { commonHeaders, mediaTypes } from '../../../../lambdas/core/render/http-headers.ts';
import { feedOf, hostileStories, hostileTexts } from '../../../support/feed-fixture.ts';
import { storyOf, wire } from '../../../support/serve-fixture.ts';

const addresses = [
  { format: 'rss', url: 'https://wire.example/feed.rss?topic=sea&limit=2' },
  { format: 'json', url: 'https://wire.example/feed.json?topic=sea&limit=2' },
] as const;
const withoutStyle = (page: string) => page.replace(/<style>[\s\S]*?<\/style>/, '');

describe('renderFeedPage', () => {
  it('has the title, the address to follow, every format, the items in order and the way on', () => {
    const page = renderFeedPage(
      feedOf(wire, { nextUrl: 'https://wire.example/feed.rss?cursor=a&limit=2' }),
      addresses,
    );
    expect(page).toContain('<h1>Sitrep: Mines &#38; &#60;mine&#62; countermeasures</h1>');
    expect(page).toContain('<code>https://wire.example/feed.rss?topic=sea&#38;limit=2</code>');
    expect(page.match(/<link rel="alternate"/g)).toHaveLength(2);
    expect(page).toContain('<a rel="next" href="https://wire.example/feed.rss?cursor=a&#38;limit=2">');
    const titles = [...page.matchAll(/<h2><a [^>]*>([^<]*)/g)].map(([, title]) => title);
    expect(titles).toEqual(wire.map(({ title }) => title));
    expect(page).toContain('<time datetime="2026-11-22T11:00:00Z">2026-11-22 11:00 UTC</time>');
  });

  it('shows hostile text as text and runs nothing (W01, W03)', () => {
    const page = withoutStyle(
      renderFeedPage(feedOf(hostileStories, { title: hostileTexts.join(' ') }), addresses),
    );
    expect(page).not.toMatch(/<script|<img|<svg|<iframe|<object|<form|href="javascript:/i);
    expect(page.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(page).toContain('&#60;img src=x onerror=alert(1)&#62;');
  });

  it('gives another site neither a handle on the page nor its address, and loads nothing from it (W06, W08)', () => {
    const page = renderFeedPage(feedOf(wire), addresses);
    const outward = page.match(/<a [^>]*href="https:\/\/harbour\.example[^>]*>/g) ?? [];
    expect(outward.length).toBeGreaterThan(0);
    for (const link of outward) expect(link).toContain('rel="noopener noreferrer"');
    expect(page).not.toMatch(/\ssrc=|@import|url\(/);
  });

  it('gives an item without an address or a visible title a name all the same (W13, F02)', () => {
    const page = renderFeedPage(
      feedOf([storyOf({ n: 1, title: '\u200b', url: 'javascript:alert(1)' }), storyOf({ n: 2, title: '' })]),
      addresses,
    );
    expect(page).toContain('<h2>Harbour Post, 2026-11-22T11:00:00Z</h2>');
    expect(page).not.toMatch(/<h2>\s*<\/h2>|<h2><a[^>]*>\s*<\/a>/);
    expect(page).not.toContain('javascript:');
  });

  it('says so when nothing matches', () => {
    expect(renderFeedPage(feedOf([]), addresses)).toContain('No story matches yet.');
  });

  it('has the one style that its policy names', () => {
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(renderFeedPage(feedOf(wire), addresses)) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(commonHeaders(mediaTypes.html)['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(style).toContain('prefers-color-scheme:dark');
  });
});
