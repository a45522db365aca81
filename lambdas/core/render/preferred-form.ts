/** The formats a feed is served in, by the ending of its address. */
export const feedFormats = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof feedFormats)[number];

/** Longer fields and more members than any browser or reader sends; they are not read, and get the feed. */
const fieldLengthMax = 1_000;
const membersMax = 40;

/** Types under which a client takes a feed. Browsers list application/xml too, below text/html. */
const feedTypes: ReadonlySet<string> = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/json',
  'application/xml',
  'text/xml',
  'application/*',
  '*/*',
]);

/**
 * Answers whether a client that opens a feed's address is to get the page about it: only when its Accept weighs text/html
 * above every type that a feed could be, as browsers do. Readers that take HTML as well as feeds, `*` + `/*`, no Accept and
 * what cannot be read get the feed; the edge decides in the same way (lib/edge/normalise-query.js). Source: RFC 9110 §12.5.1.
 */
export function prefersPage(accept: string | null): boolean {
  if (accept === null || accept.length > fieldLengthMax) return false;
  let [page, feed] = [0, 0];
  for (const member of accept.toLowerCase().split(',', membersMax)) {
    const [type = '', ...parameters] = member.split(';').map((part) => part.trim());
    const weight = weightOf(parameters);
    if (type === 'text/html' || type === 'application/xhtml+xml') page = Math.max(page, weight);
    else if (feedTypes.has(type)) feed = Math.max(feed, weight);
  }
  return page > feed;
}

/** The weight among a member's parameters: 1 without one, 0 for one that is malformed. */
function weightOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
