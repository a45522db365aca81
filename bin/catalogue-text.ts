import { catalogueLimits } from '../lambdas/core/catalogue/catalogue.ts';
import { decodeDocument } from '../lambdas/core/parse/decode.ts';
import { readBounded } from './read-bounded.ts';

/**
 * The text of a catalogue file. YAML has to be UTF-8; OPML comes in whatever its exporter wrote (a byte order mark and the
 * XML declaration count, windows-1252 is the last guess). Throws in words that name the file.
 */
export function readCatalogueText(file: string): string {
  const bytes = readBounded(file, catalogueLimits.bytesMax);
  return /\.opml$/i.test(file) ? opmlText(bytes, file) : yamlText(bytes, file);
}

/** The text of an OPML document; `name` is what messages call it. Throws when its encoding is unknown. */
export function opmlText(bytes: Uint8Array, name: string): string {
  const decoded = decodeDocument(bytes, null);
  if ('text' in decoded) return decoded.text;
  throw new Error(
    `Expected ${name} in an encoding we know, got ${JSON.stringify(decoded.unknownLabel.slice(0, 40))}`,
  );
}

function yamlText(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const line = damagedLine(bytes);
    throw new Error(`${file}:${line} file: expected UTF-8, got bytes of another encoding`, { cause });
  }
}

/** The first line that is no UTF-8, from 1. */
function damagedLine(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  const at = text.indexOf('\uFFFD');
  return text.slice(0, Math.max(0, at)).split('\n').length;
}
