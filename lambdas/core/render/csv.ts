import { wellFormedText } from './xml-text.ts';

/** A value of a table. Null is an empty cell; a list is one cell, its values joined with `;`. */
export type Cell = string | number | boolean | null | readonly (string | number)[];

/** The media type of our tables: UTF-8 without a byte order mark, the first line is a header. Source: RFC 4180 §3, RFC 7111 §5.1. */
export const csvMediaType = 'text/csv; charset=utf-8; header=present';

/**
 * A table as CSV: records end with CRLF, the header comes first, cells with separators, quotes or line ends are quoted and
 * quotes doubled; line ends in a text are kept. A text that a spreadsheet could take for a formula gets an apostrophe in
 * front; whoever wants the text back removes one apostrophe from a cell that without it would have to have one. A `;`
 * within a value of a list becomes `,`. Rows are written as given, also when shorter or longer than the header.
 * Source: RFC 4180 §2; OWASP, "CSV Injection".
 */
export const csvTable = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  // A number or a truth value has no text of anybody else in it, and an apostrophe would make a text of it.
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : cell.map((value) => listed(String(value))).join(';');
  return quoted(guarded(wellFormedText(text)));
}

const listed = (value: string): string => value.replaceAll(';', ',');

/**
 * What may stand before the sign that starts a formula and be dropped by an importer: white space, invisible characters,
 * quotes and apostrophes.
 */
const ignoredAtStart = /^[\s\p{C}"'\u2018\u2019\u201c\u201d`]*/u;

/**
 * Spreadsheets that read full-width text take its signs as the plain ones, so the first sign is compared by its compatible
 * form. An apostrophe in front never changes whether a text is guarded, which is what makes the guard reversible.
 */
function guarded(text: string): string {
  const rest = text.slice(ignoredAtStart.exec(text)?.[0].length ?? 0);
  const sign = rest.charAt(0).normalize('NFKC');
  return /^'*[\t\r\n]/.test(text) || /^[=+\-@]/.test(sign) ? `'${text}` : text;
}

/** Quoted too where an importer with another separator would cut the cell, and where it would trim it. */
const quoted = (text: string): string =>
  /[",;\t\r\n|]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
