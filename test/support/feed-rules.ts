import * as z from 'zod/mini';
import { all, parseXml, textOf, type XmlElement } from './parse-xml.ts';

/**
 * What the W3C feed validator and the RSS Best Practices Profile demand of a feed at an address, as far as it can be told
 * from the document: each function gives the faults it finds, none for a good feed.
 */
type Rules = (text: string, address: string) => string[];

const rfc822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const absolute = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** A date that reads as what it says, weekday included. */
const isDate = (text: string | null, form: RegExp): boolean =>
  text !== null &&
  form.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  (form !== rfc822 || new Date(text).toUTCString() === text);

const when = (fault: boolean, name: string): string[] => (fault ? [name] : []);

function repeated(values: readonly (string | null)[]): string[] {
  return values
    .filter((value, at) => value === null || value === '' || values.indexOf(value) !== at)
    .map(String);
}

/** Faults of the links of a feed: the one to itself must be where it was fetched, none may be relative. */
function linkFaults(links: readonly XmlElement[], address: string): string[] {
  const of = (rel: string) => links.filter(({ attributes }) => attributes.get('rel') === rel);
  return [
    ...when(of('self').length !== 1, 'MissingSelf'),
    ...when(of('self')[0]?.attributes.get('href') !== address, 'SelfDoesntMatchLocation'),
    ...['next', 'first', 'current', 'prev-archive', 'next-archive'].flatMap((rel) =>
      when(of(rel).length > 1, `DuplicateLink ${rel}`),
    ),
    ...links.flatMap(({ attributes }) =>
      when(!absolute.test(attributes.get('href') ?? ''), 'InvalidFullLink'),
    ),
    ...when(
      of('next').some(({ attributes }) => attributes.get('href') === address),
      'NextIsSelf',
    ),
  ];
}

/** Source: RSS 2.0, RSS Best Practices Profile, W3C feed validator messages. */
export const rssFaults: Rules = (text, address) => {
  const root = parseXml(text);
  const [channel, ...others] = all(root, 'channel');
  if (
    root.name !== 'rss' ||
    root.attributes.get('version') !== '2.0' ||
    channel === undefined ||
    others.length > 0
  )
    return ['NotRss'];
  const items = all(channel, 'item');
  return [
    ...['title', 'link', 'description'].flatMap((name) =>
      when(all(channel, name).length !== 1, `Missing ${name}`),
    ),
    ...when((textOf(channel, 'description') ?? '') === '', 'EmptyDescription'),
    ...when(!/^https?:\/\//.test(textOf(channel, 'link') ?? ''), 'InvalidFullLink'),
    ...when(!/^[1-9]\d*$/.test(textOf(channel, 'ttl') ?? ''), 'InvalidTtl'),
    ...when(
      items.length > 0 && !isDate(textOf(channel, 'lastBuildDate'), rfc822),
      'InvalidRfc822 lastBuildDate',
    ),
    ...linkFaults(all(channel, 'atom:link'), address),
    ...repeated(items.map((item) => textOf(item, 'guid'))).map((guid) => `DuplicateId ${guid}`),
    ...items.flatMap(rssItemFaults),
  ];
};

function rssItemFaults(item: XmlElement): string[] {
  const [guid] = all(item, 'guid');
  const single = ['title', 'link', 'description', 'guid', 'pubDate', 'source'];
  const html = textOf(item, 'description') ?? '';
  return [
    ...single.flatMap((name) => when(all(item, name).length > 1, `Duplicate ${name}`)),
    ...when((textOf(item, 'title') ?? '').trim() === '', 'MissingTitle'),
    ...when(
      guid?.attributes.get('isPermaLink') !== 'false' && !/^https?:/.test(guid?.text ?? ''),
      'InvalidHttpGuid',
    ),
    ...when(!isDate(textOf(item, 'pubDate'), rfc822), 'InvalidRfc822 pubDate'),
    ...all(item, 'link').flatMap((link) => when(!/^https?:\/\/[^\s]+$/.test(link.text), 'InvalidFullLink')),
    ...all(item, 'source').flatMap((source) =>
      when(!absolute.test(source.attributes.get('url') ?? '') || source.text === '', 'InvalidSource'),
    ),
    ...all(item, 'category').flatMap((category) => when(category.text === '', 'EmptyCategory')),
    ...when(
      /<(script|style|iframe|object|embed|form|meta|link)\b|<[^>]*\son\w+=|javascript:/i.test(tagsOf(html)),
      'SecurityRisk',
    ),
    ...when(/(?:href|src)="(?!https?:)/.test(html), 'ContainsRelRef'),
  ];
}

/** The tags of HTML without what stands in them as text. */
const tagsOf = (html: string): string => (html.match(/<[^>]*>/g) ?? []).join('');

/** Source: RFC 4287 §4.1, W3C feed validator messages. */
export const atomFaults: Rules = (text, address) => {
  const feed = parseXml(text);
  if (feed.name !== 'feed' || feed.attributes.get('xmlns') !== 'http://www.w3.org/2005/Atom')
    return ['NotAtom'];
  const entries = all(feed, 'entry');
  return [
    ...['id', 'title', 'updated'].flatMap((name) => when(all(feed, name).length !== 1, `Missing ${name}`)),
    ...when(!absolute.test(textOf(feed, 'id') ?? ''), 'InvalidFullLink id'),
    ...when(!isDate(textOf(feed, 'updated'), rfc3339), 'InvalidRfc3339 updated'),
    ...when(all(feed, 'author').length === 0, 'MissingAuthor'),
    ...linkFaults(all(feed, 'link'), address),
    ...repeated(entries.map((entry) => textOf(entry, 'id'))).map((id) => `DuplicateId ${id}`),
    ...entries.flatMap(entryFaults),
  ];
};

function entryFaults(entry: XmlElement): string[] {
  const alternates = all(entry, 'link').filter(({ attributes }) => attributes.get('rel') === 'alternate');
  return [
    ...['id', 'title', 'updated'].flatMap((name) => when(all(entry, name).length !== 1, `Missing ${name}`)),
    ...when((textOf(entry, 'title') ?? '').trim() === '', 'MissingTitle'),
    ...when(alternates.length > 1, 'DuplicateAlternate'),
    ...when(alternates.length === 0 && all(entry, 'content').length === 0, 'MissingContentOrAlternate'),
    ...['published', 'updated'].flatMap((name) =>
      when(!isDate(textOf(entry, name), rfc3339), `InvalidRfc3339 ${name}`),
    ),
    ...when((textOf(entry, 'updated') ?? '') < (textOf(entry, 'published') ?? ''), 'UpdatedBeforePublished'),
    ...all(entry, 'link').flatMap(({ attributes }) =>
      when(!/^https?:\/\/\S+$/.test(attributes.get('href') ?? ''), 'InvalidFullLink'),
    ),
    ...all(entry, 'author').flatMap((author) => when((textOf(author, 'name') ?? '') === '', 'MissingName')),
    ...all(entry, 'category').flatMap(({ attributes }) =>
      when(
        (attributes.get('term') ?? '') === '' || !absolute.test(attributes.get('scheme') ?? ''),
        'InvalidCategory',
      ),
    ),
  ];
}

const url = z.string().check(z.regex(/^https?:\/\/\S+$/));
const date = z.string().check(z.regex(rfc3339));
const text = z.string().check(z.minLength(1));
const authors = z.array(z.strictObject({ name: text })).check(z.minLength(1));
const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: text,
  home_page_url: url,
  feed_url: url,
  description: text,
  next_url: z.optional(url),
  authors,
  items: z.array(
    z.strictObject({
      id: text,
      url: z.optional(url),
      title: text,
      content_text: text,
      date_published: date,
      date_modified: date,
      authors: z.optional(authors),
      language: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))),
      tags: z.array(text),
      _sitrep: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** Source: JSON Feed 1.1; fields that it does not know are faults, but for the extension. */
export const jsonFeedFaults: Rules = (body, address) => {
  const parsed = z.safeParse(JsonFeed, JSON.parse(body));
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { feed_url, next_url, items } = parsed.data;
  return [
    ...when(feed_url !== address, 'SelfDoesntMatchLocation'),
    ...when(next_url === address, 'NextIsSelf'),
    ...repeated(items.map(({ id }) => id)).map((id) => `DuplicateId ${id}`),
  ];
};
