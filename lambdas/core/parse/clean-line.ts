import { foldLine } from './plain-text.ts';
import { decodeEntities } from './xml/entities.ts';

/** Text beyond this is never looked at: it is a hundred times what is kept. */
const textCharactersMax = 100_000;

// Zero-width space, word joiner, mark and soft hyphen hide in words; the others turn the direction of what follows.
const invisible = /[\u00AD\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/;
const invisibles = new RegExp(invisible, 'g');

// Where none of these stands NFC changes nothing: Latin letters with their accents, and punctuation without the Ohm sign.
const composable = /[\u0300-\u1FFF\u2126-\uFFFF]/;

/**
 * A text on one line in NFC, without control, zero-width and direction-forcing characters; at most its first 100,000
 * code units count. '' for null. Idempotent, linear, never throws. Source: Unicode UAX 15.
 */
export function cleanLine(text: string | null): string {
  if (text === null) return '';
  const head = text.length > textCharactersMax ? text.slice(0, textCharactersMax) : text;
  const line = foldLine(invisible.test(head) ? head.replaceAll(invisibles, '') : head);
  return composable.test(line) ? line.normalize('NFC') : line;
}

/** A name or label: many publishers escape it inside CDATA, and `Science &amp; Technology` is what a reader would see. */
export function cleanLabel(text: string | null): string {
  return text === null ? '' : cleanLine(decodeEntities(text.slice(0, textCharactersMax)));
}
