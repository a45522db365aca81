import type { Catalogue } from '../../../core/words/feed.ts';
import type { SampleWire } from './sample-wire.ts';

/**
 * The catalogue that polls the sample publisher at `origin` (`http://127.0.0.1:PORT`, no slash at the end).
 * Feeds are due every minute so that a person who watches sees movement. A feed that has moved is listed at its old
 * address, as it would be in a catalogue nobody has touched since.
 */
export function sampleCatalogue(wire: SampleWire, origin: string): Catalogue {
  const sources = new Map(wire.sources.map((source) => [source.id, source]));
  return {
    sources: wire.sources.map(({ id, title, url, country, kind }) => ({ id, title, url, country, kind })),
    feeds: wire.feeds.flatMap((feed) => {
      const source = sources.get(feed.source);
      if (source === undefined) return [];
      return [
        {
          id: feed.id,
          url: `${origin}${feed.movedFrom ?? feed.path}`,
          title: feed.title,
          source: source.id,
          country: source.country,
          language: feed.language,
          kind: source.kind,
          every: { min: 1, max: 1 },
          ...(feed.note === null ? {} : { note: feed.note }),
        },
      ];
    }),
  };
}
