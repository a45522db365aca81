import type { FeedDocument, FeedItem } from './feed-document.ts';
import { outwardLink, pageFrame, pageText } from './page-frame.ts';
import type { FeedFormat } from './preferred-form.ts';
import { rfc3339Time } from './served-time.ts';

const formatNames: Readonly<Record<FeedFormat, { readonly name: string; readonly type: string }>> = {
  rss: { name: 'RSS', type: 'application/rss+xml' },
  atom: { name: 'Atom', type: 'application/atom+xml' },
  json: { name: 'JSON Feed', type: 'application/feed+json' },
};

/** A format of the same feed and where it is. */
export interface FeedAddress {
  readonly format: FeedFormat;
  readonly url: string;
}

/**
 * The page a browser gets that opens a feed's address: what the feed is, the address to give to a reader, the same items
 * in the same order, and the way to older ones. It has neither script nor form; all text is escaped.
 */
export function renderFeedPage(feed: FeedDocument, addresses: readonly FeedAddress[]): string {
  const alternates = addresses.map(
    ({ format, url }) =>
      `<link rel="alternate" type="${formatNames[format].type}" title="${pageText(feed.title)} (${formatNames[format].name})" href="${pageText(url)}">`,
  );
  const formats = addresses.map(
    ({ format, url }) =>
      `<li><a href="${pageText(url)}" type="${formatNames[format].type}">${formatNames[format].name}</a></li>`,
  );
  return pageFrame({
    title: feed.title,
    head: [...alternates, `<link rel="canonical" href="${pageText(feed.selfUrl)}">`],
    body: [
      '<header>',
      `<h1>${pageText(feed.title)}</h1>`,
      `<p class="quiet">${pageText(feed.description)}</p>`,
      '<div class="box">',
      '<p>This is a feed. To follow it, give its address to a feed reader:</p>',
      `<p><code>${pageText(feed.selfUrl)}</code></p>`,
      `<ul class="links" aria-label="Formats of this feed">\n${formats.join('\n')}\n<li><a href="${pageText(feed.homeUrl)}">All feeds</a></li>\n</ul>`,
      '</div>',
      '</header>',
      '<main>',
      feed.items.length === 0
        ? '<p>No story matches yet.</p>'
        : `<ol class="items">\n${feed.items.map(item).join('\n')}\n</ol>`,
      feed.nextUrl === null ? '' : `<p><a rel="next" href="${pageText(feed.nextUrl)}">Older stories</a></p>`,
      '</main>',
    ],
  });
}

function item({ title, link, summary, published, source }: FeedItem): string {
  const time = rfc3339Time(published);
  const shown = `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
  return [
    '<li>',
    `<h2>${link === null ? pageText(title) : outwardLink(link, title)}</h2>`,
    `<p class="quiet">${pageText(source.title)} · <time datetime="${time}">${shown}</time></p>`,
    summary === '' ? '' : `<p>${pageText(summary)}</p>`,
    '</li>',
  ].join('\n');
}
