import { createHash } from 'node:crypto';
import { renderAtom } from './render-atom.ts';
import { renderJson } from './render-json.ts';
import { renderRdf } from './render-rdf.ts';
import { renderRss } from './render-rss.ts';
import { sampleDocument } from './sample-wire.ts';
import type { SampleDocument, SampleFormat, SampleMoment, SampleWire } from './sample-wire.ts';
import { windows1252Bytes } from './windows-1252.ts';

/** A rendered feed: the bytes and the headers a 200 answer carries. Header names are lower-case. */
export interface RenderedFeed {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const renderers = {
  rss: renderRss,
  atom: renderAtom,
  rdf: renderRdf,
  json: renderJson,
} as const satisfies Record<SampleFormat, (document: SampleDocument) => string>;

const contentTypes = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  rdf: 'application/rdf+xml; charset=utf-8',
  json: 'application/feed+json',
} as const satisfies Record<SampleFormat, string>;

/**
 * The feed's document as it stands at `moment`, with Content-Type and the validators this feed has. Null for an
 * unknown feed. The same visible stories give the same bytes, so validators change only when the content does.
 */
export function renderSampleFeed(
  wire: SampleWire,
  feedId: string,
  moment: SampleMoment,
): RenderedFeed | null {
  const feed = wire.feeds.find(({ id }) => id === feedId);
  if (feed === undefined) return null;
  const document = sampleDocument(wire, feed, moment);
  if (document === null) return null;
  const text = renderers[feed.format](document);
  const body = feed.encoding === 'windows-1252' ? windows1252Bytes(text) : Buffer.from(text, 'utf8');
  const hasEtag = feed.validators === 'both' || feed.validators === 'etag';
  const hasDate = feed.validators === 'both' || feed.validators === 'last-modified';
  return {
    body,
    headers: {
      'content-type': feed.contentType ?? contentTypes[feed.format],
      ...(hasEtag ? { etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"` } : {}),
      ...(hasDate ? { 'last-modified': new Date(document.changedMs).toUTCString() } : {}),
    },
  };
}
