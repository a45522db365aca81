import { foldLines, looksLikeHtml, textFromHtml } from '../plain-text.ts';
import type { Attributes } from './attributes.ts';

/** The inside of a text construct: decoded character data, and the raw slice when it holds child elements. */
export interface ConstructSource {
  readonly decoded: string;
  readonly markup: string | null;
  readonly attributes: Attributes;
  /** Atom says whether text is plain; in RSS everything may be HTML. */
  readonly isAtom: boolean;
}

/**
 * Plain text of a text construct (title, summary, content) of any type: escaped HTML, CDATA, inline XHTML, plain text,
 * base64. Content that is no text at all (an image, an archive) gives ''. Linear, never throws.
 * Source: RFC 4287 §3.1 and §4.1.3, Atom 0.3 `mode`, RSS 2.0 `description`.
 */
export function constructText(source: ConstructSource): string {
  const type = (source.attributes.get('type') ?? '').trim().toLowerCase();
  if (source.attributes.get('mode') === 'base64' || source.attributes.get('encoding') === 'base64') {
    return textOf(Buffer.from(source.decoded, 'base64').toString('utf8'), type, source.isAtom);
  }
  if (source.isAtom && isBinary(type)) return '';
  return source.markup === null ? textOf(source.decoded, type, source.isAtom) : textFromHtml(source.markup);
}

function textOf(text: string, type: string, isAtom: boolean): string {
  const plain = isAtom && (type === '' || type === 'text' || type === 'plain' || type === 'text/plain');
  return plain && !looksLikeHtml(text) ? foldLines(text) : textFromHtml(text);
}

function isBinary(type: string): boolean {
  return type.includes('/') && !/^text\/|xml|html/.test(type);
}
