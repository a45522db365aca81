import type { TopicTree } from '../words/topic.ts';
import { pageFrame, pageText } from './page-frame.ts';

/** A page that leads to every feed: for people, and for readers that look for alternates. HTML without script. */
export function homePage(tree: TopicTree): string {
  const formats = [
    ['rss', 'RSS', 'application/rss+xml'],
    ['atom', 'Atom', 'application/atom+xml'],
    ['json', 'JSON Feed', 'application/feed+json'],
  ] as const;
  const alternates = formats.map(
    ([ending, name, type]) =>
      `<link rel="alternate" type="${type}" title="Sitrep (${name})" href="/feed.${ending}">`,
  );
  const links = (path: string) =>
    formats.map(([ending, name]) => `<a href="${pageText(path)}.${ending}">${name}</a>`).join(' ');
  const row = (slug: string, label: string) => `${pageText(label)}: ${links(`/topics/${slug}`)}`;
  const domains = tree.domains.map(({ slug, label, topics }) => {
    const items = topics.map((topic) => `<li>${row(topic.slug, topic.label)}</li>`);
    return `<li>${row(slug, label)}\n<ul>\n${items.join('\n')}\n</ul>\n</li>`;
  });
  return pageFrame({
    title: 'Sitrep',
    head: alternates,
    body: [
      '<h1>Sitrep</h1>',
      `<p>The whole wire: ${links('/feed')}</p>`,
      '<h2>Topics</h2>',
      `<ul>\n${domains.join('\n')}\n</ul>`,
      '<p><a href="/api/stories">Stories</a> <a href="/api/topics">Topics</a> <a href="/api/sources">Sources</a> <a href="/opml">OPML</a> <a href="/docs">API</a></p>',
    ],
  });
}
