import { internationalCode } from '../words/country-codes.ts';
import type { Feed, Source } from '../words/feed.ts';
import { isLanguageTag } from '../words/language-codes.ts';
import { feedUrlLengthMax, isFeedAddress } from './feed-address.ts';
import { cutTitle } from './cut-title.ts';
import { FreshIds, slug } from './fresh-ids.ts';
import type { MarkupTag } from './markup-tags.ts';
import { xmlText } from './xml-characters.ts';

/** Reasons kept of one file; a reader of a broken list fixes the first ones and runs again. */
const notesMax = 100;

/** A row of a list that was not used as it stands; `line` from 1. */
export interface OpmlNote {
  readonly line: number;
  readonly reason: string;
}

/** Feeds and sources of an OPML document as its outlines are met; ids stay unique. */
export class OpmlFeedList {
  readonly feeds = new Map<string, Feed>();
  readonly sources = new Map<string, Source>();
  /** Rows left out, the first hundred, and how many in all. */
  readonly refused: OpmlNote[] = [];
  refusedCount = 0;
  /** Rows that break XML's rules and were read all the same, the first hundred. */
  readonly repaired: OpmlNote[] = [];
  /** Rows whose address was listed before. */
  repeats = 0;
  readonly #ids = new FreshIds();

  /** Takes an outline: a feed when it has an `xmlUrl`, else a folder, which is nothing to keep. */
  add(tag: MarkupTag): void {
    if (tag.flaw !== null && this.repaired.length < notesMax)
      this.repaired.push({ line: tag.line, reason: tag.flaw });
    const address = tag.attributes.get('xmlurl')?.trim();
    if (address === undefined || address === '') {
      if (isFeedRow(tag)) this.#refuse(tag, 'expected an xmlUrl, got nothing');
      return;
    }
    if (address.length > feedUrlLengthMax || !isFeedAddress(address)) {
      const got = JSON.stringify(address.slice(0, 80));
      this.#refuse(tag, `expected an http or https address without user and password, got ${got}`);
      return;
    }
    const url = new URL(address).href;
    if (this.feeds.has(url)) this.repeats += 1;
    else this.feeds.set(url, this.#feed(url, tag));
  }

  #feed(url: string, tag: MarkupTag): Feed {
    const title = titleOf(tag) ?? new URL(url).hostname;
    const source = this.#source(url, tag);
    const language = tag.attributes.get('language') ?? '';
    return {
      id: this.#ids.take(slug(title) || slug(url.replace(/^https?:\/\/(?:www\.)?/, '')) || 'feed'),
      url,
      title,
      source: source.id,
      country: internationalCode,
      language: isLanguageTag(language) ? language : 'en',
      kind: 'general',
    };
  }

  #source(url: string, tag: MarkupTag): Source {
    const { host, origin } = new URL(url);
    const known = this.sources.get(host);
    if (known !== undefined) return known;
    const home = tag.attributes.get('htmlurl')?.trim() ?? '';
    const name = host.replace(/^www\./, '');
    const source: Source = {
      id: this.#ids.take(`site-${slug(name) || 'unnamed'}`),
      title: name,
      url: isFeedAddress(home) && home.length <= feedUrlLengthMax ? home : `${origin}/`,
      country: internationalCode,
      kind: 'general',
    };
    this.sources.set(host, source);
    return source;
  }

  #refuse(tag: MarkupTag, reason: string): void {
    this.refusedCount += 1;
    if (this.refused.length < notesMax) this.refused.push({ line: tag.line, reason });
  }
}

function isFeedRow(tag: MarkupTag): boolean {
  return tag.attributes.has('xmlurl') || /^(?:rss|atom)$/i.test(tag.attributes.get('type') ?? '');
}

function titleOf(tag: MarkupTag): string | null {
  for (const name of ['title', 'text']) {
    const text = xmlText(tag.attributes.get(name) ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (text !== '') return cutTitle(text);
  }
  return null;
}
