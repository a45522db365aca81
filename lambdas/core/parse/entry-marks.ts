import { type EntryMark, entryMarks } from '../words/entry.ts';
import { isPressWire } from './agency.ts';

/** What tells the kind of an item: its cleaned title and address, its categories and the agency that wrote it. */
export interface MarkSigns {
  readonly title: string;
  readonly url: string | null;
  readonly categories: readonly string[];
  readonly agency: string | null;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split('|'));

/** Labels and parts of an address that mean the kind; each counts only as a whole, in lower case. */
const labels: Readonly<Record<EntryMark, ReadonlySet<string>>> = {
  sponsored: words(
    'sponsored|sponsored content|sponsored post|sponsored posts|sponsored article|partner content|partnered content|' +
      'paid content|paid post|paid program|branded content|brand studio|advertorial|advertorials|advertisement|' +
      'promoted|promoted content|native ad|anzeige|publirreportaje',
  ),
  'press-release': words(
    'press release|press releases|news release|news releases|pressemitteilung|communique de presse',
  ),
  live: words('liveblog|live blog|live blogs|liveblogs|live updates|live coverage|live news'),
  newsletter: words('newsletter|newsletters'),
  podcast: words('podcast|podcasts|podcast episode|podcast episodes'),
  digest: words(
    'daily digest|weekly digest|digest|news roundup|news round up|roundup|roundups|round up|daily brief|daily briefing|' +
      'morning brief|morning briefing|week in review|weekly review|weekly roundup|early bird|early bird brief|daily wrap',
  ),
};

const byLabel: ReadonlyMap<string, EntryMark> = new Map(
  entryMarks.flatMap((mark) => [...labels[mark]].map((label) => [label, mark] as const)),
);

/** Words that mean the kind as a part of an address only. */
const paths: ReadonlyMap<string, EntryMark> = new Map([
  ['live', 'live'],
  ['sponsored', 'sponsored'],
  ['partner-content', 'sponsored'],
  ['brandstudio', 'sponsored'],
]);

const start = String.raw`^[\[(]?`;
const end = String.raw`\s?(?:[\])]|[:|–—]|\s-\s)`;
const issue = String.raw`(?:#\s?\d|no\.?\s?\d|vol(?:ume|\.)?\s?\d|issue\s?\d|\d{1,2}[./ ])`;

/** How titles name the kind: in front with a colon, bracket or dash behind, or behind a bar at the end. */
const titles: Readonly<Record<EntryMark, RegExp>> = {
  sponsored: new RegExp(
    `${start}(?:sponsored(?: content| post)?|partner content|paid (?:content|post)|advertorial|advertisement|promoted)${end}`,
    'i',
  ),
  'press-release': new RegExp(`${start}(?:press|news|media) release${end}`, 'i'),
  live: new RegExp(
    `${start}live(?: ?blog| updates?| coverage| news)?${end}(?!\\s?fire)|\\s[|–—-]\\s(?:live(?: ?blog| updates?| coverage)?|as it happened)\\.?$|^live updates (?:on|from)\\s`,
    'i',
  ),
  newsletter: new RegExp(
    `${start}(?:[\\p{L}’' ]{1,40}\\s)?newsletter(?:${end}|\\s${issue}|$)|\\s[|–—-]\\s(?:the )?newsletter$`,
    'iu',
  ),
  podcast: new RegExp(
    `${start}podcast${end}|\\s[|–—-]\\spodcast$|[\\[(]podcast[\\])]$|^(?:episode|ep\\.?)\\s?#?\\d{1,5}\\s?[:|–—-]`,
    'i',
  ),
  digest: new RegExp(
    String.raw`^(?:the |your )?(?:(?:daily|weekly|morning|evening|monthly|weekend)\s(?:news\s)?(?:digest|brief|briefing|round-?up|wrap(?:-?up)?|recap|bulletin)|news\sround-?up|(?:the\s)?week(?:end)? in review|(?:this )?week in (?:defen[cs]e|review)|early bird brief)(?:\s?[:|–—,(]|\s-\s|\s(?:for|of)\s|\s(?:\d|${'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'})|$)`,
    'i',
  ),
};

// Every form of title above holds one of these; most titles hold none.
const titleCue =
  /sponsor|partner|paid|advert|promot|release|live|as it happened|newsletter|podcast|^ep|digest|brief|round|wrap|recap|bulletin|week/i;

// Titles that are looked at have at most this many characters; patterns anchored at the end need no more.
const titleCharactersMax = 600;

/**
 * What kind of item this is apart from a plain story: sponsored text, press release, live blog, newsletter, podcast,
 * digest of other stories; none for most. Told by whole labels, whole parts of the address and fixed forms of titles, so
 * that `State-sponsored hackers` and `Live-fire exercise` are stories. Linear in the address, never throws.
 */
export function marksOf(signs: MarkSigns): readonly EntryMark[] {
  const found = new Set<EntryMark | undefined>();
  for (const category of signs.categories) found.add(byLabel.get(plainLabel(category)));
  for (const part of pathParts(signs.url))
    found.add(paths.get(part) ?? byLabel.get(part.replaceAll('-', ' ')));
  if (signs.agency !== null && isPressWire(signs.agency)) found.add('press-release');
  const title = signs.title.slice(0, titleCharactersMax);
  if (titleCue.test(title)) for (const mark of entryMarks) if (titles[mark].test(title)) found.add(mark);
  return entryMarks.filter((mark) => found.has(mark));
}

function plainLabel(category: string): string {
  return category
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
}

/** The parts of an address between its slashes, in lower case, without the last one where that is the story's own. */
function pathParts(url: string | null): readonly string[] {
  if (url === null) return [];
  const path = /^https?:\/\/[^/?#]*\/([^?#]*)/i.exec(url)?.[1] ?? '';
  return path
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .map((part) => part.replaceAll('_', '-'));
}
