import { Document, isSeq, parseDocument } from 'yaml';
import type { Catalogue } from '../words/feed.ts';

const layout = { lineWidth: 0, flowCollectionPadding: false } as const;

/** A catalogue as the YAML that readCatalogue reads: a source a line, a field a line for feeds. */
export function renderCatalogue(catalogue: Catalogue): string {
  const document = new Document({ sources: [], feeds: [] });
  fill(document, catalogue);
  return document.toString(layout);
}

/**
 * The text of a catalogue with entries added at the end of its lists; comments and order stay. The text must be one
 * that readCatalogue accepts, and the ids new to it.
 */
export function withAdditions(text: string, added: Catalogue): string {
  const document = parseDocument(text);
  fill(document, added);
  return document.toString(layout);
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
