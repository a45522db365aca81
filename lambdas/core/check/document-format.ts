import { markupTags } from '../catalogue/markup-tags.ts';
import type { ParsedFeedInfo } from '../words/entry.ts';

/** The root and its version stand at the beginning. */
const textLengthMax = 64 * 1024;

/**
 * Format and version of a document that was parsed as `format`, by its root element: `RSS 2.0`, `RSS 0.91`, `RSS 1.0`,
 * `Atom 1.0`, `Atom 0.3`, `JSON Feed 1.1`; without a version where it names none. `text` is the document or its beginning.
 * Source: RSS 2.0; RDF Site Summary 1.0; RFC 4287; jsonfeed.org.
 */
export function formatName(text: string, format: ParsedFeedInfo['format']): string {
  const head = text.slice(0, textLengthMax);
  if (format === 'json')
    return named('JSON Feed', /jsonfeed\.org\/version\/(\d(?:\.\d{1,2})?)/.exec(head)?.[1]);
  for (const { kind, name, attributes } of markupTags(head)) {
    const local = name.replace(/^.*:/, '');
    if (kind === 'close' || kind === 'cut' || !['rss', 'rdf', 'feed', 'channel'].includes(local)) continue;
    const namespaces = [...attributes].flatMap(([key, value]) => (key.startsWith('xmlns') ? [value] : []));
    const has = (mark: string): boolean => namespaces.some((namespace) => namespace.includes(mark));
    if (local === 'rdf') return has('netscape.com/rdf') || has('/simple/0.9') ? 'RSS 0.90' : 'RSS 1.0';
    if (local === 'feed')
      return named('Atom', has('purl.org/atom/ns') ? '0.3' : has('2005/Atom') ? '1.0' : undefined);
    const version = attributes.get('version')?.trim() ?? '';
    return named('RSS', /^\d(?:\.\d{1,3}){0,2}$/.test(version) ? version : undefined);
  }
  return { rss: 'RSS', rdf: 'RSS 1.0', atom: 'Atom' }[format];
}

const named = (name: string, version: string | undefined): string =>
  version === undefined ? name : `${name} ${version}`;
