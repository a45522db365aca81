import type { OtherReport, OtherReports } from '../cluster-view/other-reports.ts';
import type { FeedDirectory } from './feed-directory.ts';
import { itemLink } from './item-link.ts';
import { servedTimes } from './served-time.ts';
import { htmlText, singleLine } from './xml-text.ts';

/** A report as an item names it: `source` is the publisher's title, `published` epoch milliseconds; text is plain. */
export interface NamedReport {
  readonly id: string;
  readonly sourceId: string;
  readonly source: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly published: number;
  readonly copyOf: string | null;
}

/** The reports an item names, and what it says of the others; see OtherReports. `changed` is epoch milliseconds. */
export interface AlsoReported {
  readonly reports: readonly NamedReport[];
  readonly more: number;
  readonly changed: number | null;
  readonly total: number | null;
}

/** A title of another publisher is one part of a line, so a long one is cut to this many code points. */
const titleLengthMax = 120;

/** Longer addresses are left out and the report is named without a link: eight of them would outweigh the item. */
const urlLengthMax = 1_000;

/** Characters that turn the direction of what follows them, which would be our own text. Source: UAX #9 §2. */
const directionMarks = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** The reports with titles in place of ids, safe to be put into a line of text. */
export function alsoReported(others: OtherReports, directory: FeedDirectory, nowMs: number): AlsoReported {
  const { reports, more, changed, total } = others;
  const at = changed === null ? Number.NaN : Date.parse(changed);
  return {
    reports: reports.map((report) => namedReport(report, directory, nowMs)),
    more,
    changed: Number.isNaN(at) ? null : Math.min(at, nowMs),
    total,
  };
}

function namedReport(report: OtherReport, directory: FeedDirectory, nowMs: number): NamedReport {
  const { id, source, url, copyOf } = report;
  const link = itemLink(url);
  const title = report.title === null ? '' : plainWords(report.title);
  const { published } = servedTimes({ ...timesOf(report) }, nowMs);
  return {
    id,
    sourceId: source,
    source: sourceTitle(source, directory),
    title: title === '' ? null : shortened(title),
    url: link === null || link.length > urlLengthMax ? null : link,
    published,
    copyOf,
  };
}

const timesOf = ({ published }: OtherReport) => ({
  published,
  updated: published,
  firstSeen: published,
  sortTime: published,
});

/** What people call a source: its title, or its id once it has left the catalogue. On one line. */
export const sourceTitle = (id: string, { sources }: FeedDirectory): string =>
  plainWords(sources.get(id)?.title ?? '') || plainWords(id);

const plainWords = (text: string): string => singleLine(text.replaceAll(directionMarks, ''));

function shortened(title: string): string {
  const points = [...title];
  return points.length <= titleLengthMax ? title : `${points.slice(0, titleLengthMax - 1).join('')}…`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as people read it, `22 Nov 2026, 11:05 UTC`. `at` is epoch milliseconds. */
export function readableTime(at: number): string {
  const time = new Date(at);
  const clock = time.toISOString().slice(11, 16);
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}, ${clock} UTC`;
}

const moreText = (more: number): string => `and ${more} more`;

/** A report in words without its link: `Harbour Post: Frigate sails (22 Nov 2026, 11:05 UTC)`. */
const reportText = ({ source, title, published }: NamedReport): string =>
  `${source}${title === null ? '' : `: ${title}`} (${readableTime(published)})`;

/** What a link to a report is called: `Harbour Post`, with the title where it has one of its own. */
export const reportTitle = ({ source, title }: NamedReport): string =>
  title === null ? source : `${source}: ${title}`;

/** The list as plain text, a line for each report with its address; empty when there is none. */
export function reportsText({ reports, more }: AlsoReported): string {
  if (reports.length === 0) return '';
  const lines = reports.map((report) =>
    report.url === null ? `- ${reportText(report)}` : `- ${reportText(report)}: ${report.url}`,
  );
  return ['Also reported by:', ...lines, ...(more > 0 ? [`- ${moreText(more)}`] : [])].join('\n');
}

/** The list as HTML of paragraphs, lists and links alone; empty when there is none. Source: RSS Profile, "description". */
export function reportsHtml({ reports, more }: AlsoReported): string {
  if (reports.length === 0) return '';
  const items = reports.map((report) => `<li>${reportHtml(report)}</li>`);
  const rest = more > 0 ? [`<li>${moreText(more)}</li>`] : [];
  return `<p>Also reported by:</p><ul>${[...items, ...rest].join('')}</ul>`;
}

function reportHtml(report: NamedReport): string {
  const { source, title, url, published } = report;
  const name = url === null ? htmlText(source) : `<a href="${attributeText(url)}">${htmlText(source)}</a>`;
  return `${name}${title === null ? '' : `: ${htmlText(title)}`} (${readableTime(published)})`;
}

/** Text as an attribute value in double quotes. Source: HTML §13.1.2.3. */
const attributeText = (text: string): string =>
  htmlText(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** An item's text as HTML: its summary in a paragraph of its own, then the list. */
export function textWithReportsHtml(summary: string, also: AlsoReported): string {
  const list = reportsHtml(also);
  if (list === '') return htmlText(summary);
  return `${summary === '' ? '' : `<p>${htmlText(summary)}</p>`}${list}`;
}
