import { internationalCode } from '../words/country-codes.ts';
import type { Catalogue, Feed, Source } from '../words/feed.ts';
import { isLanguageTag, languageCodes } from '../words/language-codes.ts';
import { sourcesOfHosts } from './catalogue-merge.ts';
import { feedAddressKey, feedHost, isFeedAddress } from './feed-address.ts';
import { FreshIds, slug } from './fresh-ids.ts';
import { cutTitle } from './cut-title.ts';

/** What is known of a feed that is to join a catalogue; `id` and `source` when they were asked for. */
export interface FeedFacts {
  readonly url: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly id: string | null;
  readonly source: Source | null;
}

/** The entry for a feed, with the source it brings when the catalogue has none for it. */
export interface FeedProposal {
  readonly feed: Feed;
  readonly newSource: Source | null;
  /** Fields that could not be known and hold the usual value. */
  readonly assumed: readonly ('language' | 'country' | 'kind')[];
}

/**
 * Proposes the entry for a feed: its id and title from the feed's own title, its source by its host, its language as it
 * says. A new source is `general` and `INT` until somebody knows better. Pure; ids are free in `catalogue`.
 */
export function proposedFeed(catalogue: Catalogue, facts: FeedFacts): FeedProposal {
  const name = feedHost(facts.url);
  const title = cleanTitle(facts.title) ?? name;
  const known = facts.source ?? sourcesOfHosts(catalogue).get(name) ?? null;
  const source = known ?? newSource(catalogue, facts, title);
  const language = languageTag(facts.language) ?? languageOfSource(catalogue, source.id);
  const ids = new FreshIds(catalogue.feeds.map((feed) => feed.id));
  const feed = {
    id: facts.id ?? ids.take(slug(title) || slug(name) || 'feed'),
    url: facts.url,
    title,
    source: source.id,
    country: source.country,
    language: language ?? 'en',
    kind: source.kind,
  };
  const assumed = [
    ...(known === null ? (['country', 'kind'] as const) : []),
    ...(language === null ? (['language'] as const) : []),
  ];
  return { feed, newSource: known === null ? source : null, assumed };
}

/** The feed of a catalogue that has this address under whatever spelling; null when none has. */
export function feedAtAddress(catalogue: Catalogue, address: string): Feed | null {
  const key = feedAddressKey(address);
  return catalogue.feeds.find((feed) => feedAddressKey(feed.url) === key) ?? null;
}

/** `en-us`, `EN_GB`, `de` as a language tag of ours; null for what is none. */
export function languageTag(text: string | null): string | null {
  const [, code = '', region = ''] = /^\s*([a-z]{2})(?:[-_]([a-z]{2}))?\b/i.exec(text ?? '') ?? [];
  const primary = code.toLowerCase();
  if (!languageCodes.has(primary)) return null;
  const tag = region === '' ? primary : `${primary}-${region.toUpperCase()}`;
  return isLanguageTag(tag) ? tag : primary;
}

function newSource(catalogue: Catalogue, { url, link }: FeedFacts, title: string): Source {
  const ids = new FreshIds(catalogue.sources.map((source) => source.id));
  const name = feedHost(url);
  const isOwnHome = link !== null && isFeedAddress(link) && feedHost(link) === name;
  return {
    id: ids.take(slug(title) || slug(name) || 'source'),
    title,
    url: isOwnHome ? link : `${new URL(url).origin}/`,
    country: internationalCode,
    kind: 'general',
  };
}

function languageOfSource({ feeds }: Catalogue, sourceId: string): string | null {
  return feeds.find((feed) => feed.source === sourceId)?.language ?? null;
}

function cleanTitle(text: string | null): string | null {
  const title = (text ?? '').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return title === '' ? null : cutTitle(title);
}
