/** Accept as browsers send it when somebody opens an address. */
export const browserAccepts: readonly string[] = [
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'text/html;q=0.5',
  'text/html, */*;q=0.1',
  'application/xhtml+xml',
];

/** Accept as readers, libraries and tools send it, and what cannot be read: all of them get the feed. */
export const readerAccepts: readonly string[] = [
  '',
  '*/*',
  'application/rss+xml',
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1',
  'application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9',
  'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1',
  'text/html;q=0',
  'text/html;q=2',
  'text/html;q=x, */*;q=0.1',
  'text/*',
  'image/png',
  'text/html, */*',
  'text/html, application/xhtml+xml, image/jxr, */*',
  'TEXT/HTML;q=0.9, APPLICATION/XML',
  ';;;,,,;q=1',
  `text/html,${'a/b;q=0.1,'.repeat(500)}*/*;q=0.1`,
  `${'a/b,'.repeat(60)}text/html`,
];

export const acceptFields: readonly string[] = [...browserAccepts, ...readerAccepts];
