import type { FeedDocument, FeedItem } from './feed-document.ts';

/** Largest feed document, bytes before compression: what JSON Feed 1.1 calls fine ("250 KB"), at 256 KiB. */
export const feedBytesMax = 256 * 1_024;

/** Summaries are cut to these many code points, one step after the other, before any item is left out. */
const summaryLengths = [600, 400, 250, 120, 0] as const;

/** The formats and the ways to make a shorter document; `withItems` sets the paging link for a shorter list. */
export interface FeedFitting {
  readonly withItems: (items: readonly FeedItem[], cut: boolean) => FeedDocument;
  readonly renderers: readonly ((feed: FeedDocument) => string)[];
  readonly bytesMax: number;
}

/**
 * The fullest document that every format can write within the bound. One decision is made for all formats, so the same
 * query lists the same items in each. A shortened summary ends in an ellipsis; items that do not fit follow under `next`.
 */
export function fittedFeed(items: readonly FeedItem[], fitting: FeedFitting): FeedDocument {
  const { withItems, bytesMax } = fitting;
  // A fifth is left for what the estimate does not see, such as the ids of many feeds; most pages end here, unwritten.
  if (roughBytes(items) <= 0.8 * bytesMax) return withItems(items, false);
  const fits = (feed: FeedDocument) =>
    fitting.renderers.every((render) => Buffer.byteLength(render(feed)) <= bytesMax);
  const whole = withItems(items, false);
  if (fits(whole)) return whole;
  let shortened = items;
  for (const length of summaryLengths) {
    shortened = items.map((item) => ({ ...item, summary: shortSummary(item.summary, length) }));
    const feed = withItems(shortened, false);
    if (fits(feed)) return feed;
  }
  return withItems(
    shortened.slice(
      0,
      largestCount(shortened.length, (count) => fits(withItems(shortened.slice(0, count), true))),
    ),
    true,
  );
}

/** The largest count below `total` that satisfies `fits`, which holds for all counts up to some bound; at least 1. */
function largestCount(total: number, fits: (count: number) => boolean): number {
  let [low, high] = [1, Math.max(1, total - 1)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** An upper estimate of what the largest format needs, at a tenth of the cost of writing it. */
function roughBytes(items: readonly FeedItem[]): number {
  let bytes = 4_000;
  for (const { title, link, summary, authors, tags, source, origin, also } of items) {
    const reports = also.reports.flatMap((report) => [
      report.id,
      report.source,
      report.title ?? '',
      report.url ?? '',
    ]);
    const names = [...authors, ...tags.map(({ term, label }) => term + label), ...reports];
    const text = [
      title,
      link ?? '',
      summary,
      source.title,
      source.url ?? '',
      origin?.title ?? '',
      origin?.url ?? '',
    ];
    // JSON Feed says a name twice and a report four times: for people, as a copy and as a member.
    const all = [...text, ...names, ...names, ...reports, ...reports].join('');
    const escapes = all.match(/[&<>"'\\\r\n\t]/g)?.length ?? 0;
    bytes += 1_200 + 60 * names.length + Buffer.byteLength(all) + 9 * escapes;
  }
  return bytes;
}

/** At most `length` code points, cut after a whole word where one ends late enough, with an ellipsis; empty for 0. */
export function shortSummary(summary: string, length: number): string {
  const points = [...summary];
  if (points.length <= length) return summary;
  if (length === 0) return '';
  const cut = points.slice(0, length - 1).join('');
  const atWord = cut.replace(/\s+\S*$/u, '');
  return `${(atWord.length > cut.length / 2 ? atWord : cut).trimEnd()}…`;
}
