import { bytesWords, durationWords } from '../../../lambdas/core/check/amounts.ts';
import type { FeedReport } from '../../../lambdas/core/check/feed-report.ts';

/** Widths of the columns behind the feed's id; the id gets the rest of the line. */
const columns = [
  ['outcome', 14],
  ['format', 9],
  ['entries', 7],
  ['cadence', 11],
  ['newest', 6],
] as const;

const columnsWidth = columns.reduce((sum, [, width]) => sum + 1 + width, 0);
const idWidthMin = 12;
/** Longer ids are cut even where no terminal sets a width. */
const idWidthMax = 64;

/**
 * Reports as a person reads them: for each feed a row, a line of facts and, marked with `!`, what to do. Lines keep to
 * `width` (null: no terminal, nothing is cut or wrapped), but an address is never broken. What publishers wrote is
 * printed without control characters.
 */
export function checkTable(reports: readonly FeedReport[], width: number | null): string {
  const idLongest = reports.reduce((longest, { feed }) => Math.max(longest, feed.length), 'feed'.length);
  const room = width === null ? idWidthMax : Math.max(idWidthMin, width - columnsWidth);
  const idWidth = Math.min(idLongest, room);
  const head = row(
    'feed',
    columns.map(([name]) => name),
    idWidth,
  );
  const lines = reports.flatMap((report) => [
    row(report.feed, cells(report), idWidth),
    ...wrapped(factsOf(report), { width, first: '  ', next: '  ' }),
    ...(report.needsAction ? wrapped(report.advice, { width, first: '! ', next: '  ' }) : []),
  ]);
  return [head, ...lines].map((line) => `${line}\n`).join('');
}

/** How many feeds are fine and how many are not, as a sentence. */
export function checkSummary(reports: readonly FeedReport[], asked: number): string {
  const action = reports.filter((report) => report.needsAction).length;
  const count = reports.length === asked ? String(asked) : `${reports.length} of ${asked}`;
  return `${count} ${asked === 1 ? 'feed' : 'feeds'} checked: ${reports.length - action} fine, ${action} to act on.`;
}

function row(id: string, values: readonly string[], idWidth: number): string {
  const name = id.length > idWidth ? `${id.slice(0, idWidth - 1)}…` : id.padEnd(idWidth);
  const rest = columns.map(([column, width], position) => {
    const value = (values[position] ?? '').slice(0, width);
    return column === 'entries' || column === 'newest' ? value.padStart(width) : value.padEnd(width);
  });
  return [name, ...rest].join(' ').trimEnd();
}

function cells(report: FeedReport): string[] {
  const { outcome, format, entries, cadence, newestAgeHours } = report;
  const age = newestAgeHours === null ? '-' : durationWords(newestAgeHours * 3_600_000);
  return [outcome, format?.replace('JSON Feed', 'JSON') ?? '-', String(entries ?? '-'), cadence ?? '-', age];
}

function factsOf(report: FeedReport): string {
  const { status, charset, contentType, wireBytes, decodedBytes, redirect, finalUrl, repairs } = report;
  const size =
    decodedBytes !== null && decodedBytes > wireBytes * 1.2
      ? `${bytesWords(wireBytes)} (${bytesWords(decodedBytes)} decoded)`
      : bytesWords(wireBytes);
  const repaired = repairs.map(({ code, count }) => (count > 1 ? `${code} ${count}×` : code));
  const facts = [
    status === null ? null : String(status),
    charset ?? contentType?.split(';', 1)[0]?.slice(0, 60) ?? null,
    status === null ? null : size,
    charset === null ? null : `validators ${report.validators}`,
    report.rejected ? `${report.rejected} rejected` : null,
    repaired.length === 0 ? null : `repaired: ${repaired.join(', ')}`,
    redirect === 'permanent' || redirect === 'temporary' ? `${redirect} redirect to ${finalUrl}` : null,
    // Of another status the number says as much as the sentence.
    report.detail === '' || (status !== null && status !== 200) ? null : report.detail.slice(0, 300),
  ];
  return printable(facts.filter((fact) => fact !== null).join(', '));
}

function wrapped(
  text: string,
  { width, first, next }: { readonly width: number | null; readonly first: string; readonly next: string },
): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of printable(text).split(' ')) {
    const isEmpty = line === first || line === next;
    if (!isEmpty && width !== null && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next + word;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return line.trim() === '' ? lines : [...lines, line];
}

/** Control and formatting characters could redraw the terminal of whoever reads this. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
