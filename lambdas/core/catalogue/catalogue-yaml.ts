import { Document, isNode, isSeq, parseDocument } from 'yaml';
import type { Catalogue } from '../words/feed.ts';
import { readCatalogue } from './catalogue.ts';

const layout = { lineWidth: 0, flowCollectionPadding: false } as const;

/** A catalogue as the YAML that readCatalogue reads: a source a line, a field a line for feeds. */
export function renderCatalogue(catalogue: Catalogue): string {
  const document = new Document({ sources: [], feeds: [] });
  fill(document, catalogue);
  return document.toString(layout);
}

/**
 * The text of a catalogue with entries added at the end of its lists. Every byte that was there stays, comments and
 * spacing included; only where the lists are not written an entry a line (or are empty) is the file laid out anew, and
 * then its comments stay. The text must be one that readCatalogue accepts, and the ids new to it. Throws when the result
 * would not be a valid catalogue of the old and the new entries: too large, most likely.
 */
export function withAdditions(text: string, added: Catalogue): string {
  const before = catalogueOf(text);
  const expected = comparable({
    sources: [...before.sources, ...added.sources],
    feeds: [...before.feeds, ...added.feeds],
  });
  const spliced = splicedText(text, added);
  if (spliced !== null && isCatalogue(spliced, expected)) return spliced;
  const document = parseDocument(text);
  fill(document, added);
  const laidOut = document.toString(layout);
  if (comparable(catalogueOf(laidOut)) !== expected)
    throw new Error('Expected the catalogue to read back with the new entries, got another one');
  return laidOut;
}

/** One text for catalogues that say the same, in whatever order their fields stand. */
function comparable(catalogue: Catalogue): string {
  return JSON.stringify(catalogue, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function catalogueOf(text: string): Catalogue {
  const reading = readCatalogue(text, 'the new catalogue');
  if (reading.ok) return reading.catalogue;
  throw new Error(`Expected a valid catalogue, got ${reading.problems.slice(0, 3).join('; ')}`);
}

function isCatalogue(text: string, expected: string): boolean {
  const reading = readCatalogue(text, 'the new catalogue');
  return reading.ok && comparable(reading.catalogue) === expected;
}

/** The text with the entries written behind the last of each list, indented like it; null when it cannot be told how. */
function splicedText(text: string, added: Catalogue): string | null {
  const document = parseDocument(text);
  const pieces = [
    { key: 'sources', lines: added.sources.map((source) => itemLines(source, true)) },
    { key: 'feeds', lines: added.feeds.map((feed) => itemLines(feed, false)) },
  ].filter(({ lines }) => lines.length > 0);
  const places: { at: number; insert: string }[] = [];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  for (const { key, lines } of pieces) {
    const place = placeBehind(document, key, text);
    if (place === null) return null;
    const indented = lines.flat().map((line) => place.indent + line);
    places.push({ at: place.at, insert: `${lineEnd}${indented.join(lineEnd)}` });
  }
  // From the end, so that earlier places stay where they are.
  return places
    .sort((one, other) => other.at - one.at)
    .reduce((result, { at, insert }) => result.slice(0, at) + insert + result.slice(at), text);
}

/** An entry as the lines of a list without indentation: `- {…}`, or `- id: …` and a line a field. */
function itemLines(entry: object, flow: boolean): string[] {
  const document = new Document([]);
  document.add(document.createNode(entry, { flow }));
  return document.toString(layout).trimEnd().split('\n');
}

/** The end of the line in which a block list ends, and its indentation. */
function placeBehind(
  document: ReturnType<typeof parseDocument>,
  key: string,
  text: string,
): { readonly at: number; readonly indent: string } | null {
  const list = document.get(key);
  if (!isSeq(list) || list.flow === true) return null;
  const [first, last] = [list.items[0], list.items.at(-1)];
  if (!isNode(first) || !isNode(last) || !first.range || !last.range) return null;
  const lineStart = text.lastIndexOf('\n', first.range[0]) + 1;
  const indent = /^( *)- +$/.exec(text.slice(lineStart, first.range[0]))?.[1];
  if (indent === undefined) return null;
  const end = text.slice(0, last.range[1]).trimEnd().length;
  const lineFeed = text.indexOf('\n', end);
  const at = lineFeed < 0 ? text.length : lineFeed;
  return { at: text[at - 1] === '\r' ? at - 1 : at, indent };
}

function fill(document: Document, { sources, feeds }: Catalogue): void {
  for (const source of sources) list(document, 'sources').add(document.createNode(source, { flow: true }));
  for (const feed of feeds) list(document, 'feeds').add(document.createNode(feed));
}

/** The list under a key, made a block list so that what is added to `[]` gets lines of its own. */
function list(document: Document, key: string) {
  const node = document.get(key);
  if (!isSeq(node)) throw new TypeError(`Expected a list under ${key}`);
  if (node.items.length === 0) node.flow = false;
  return node;
}
