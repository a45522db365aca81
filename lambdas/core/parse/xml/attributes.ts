import { decodeEntities, withoutControls } from './entities.ts';

/** Attributes by name in lower case; the first of a doubled name counts. */
export type Attributes = ReadonlyMap<string, string>;

export const noAttributes: Attributes = new Map();

/** Attributes a tag may have; further ones are dropped. Source: hostile documents with 100,000 of them. */
export const attributesMax = 64;

// Addresses are the longest values that matter, and those are useless beyond 2 KB.
const valueCharactersMax = 8_192;
const nameCharactersMax = 256;

/** White space on either side of an equals sign. */
const spacesMax = 1_000;

const nameEnd = /[\s"'<>/=]/g;
const bareEnd = /[\s>]/g;
const noSpace = /\S/g;

/**
 * Reads the attributes in the slice of a tag between its name and its `>`: quoted, unquoted or bare.
 * At most `attributesMax` with values of at most 8,192 characters; longer ones are left out, never cut.
 * Linear, never throws: every pattern looks for one character, because one that repeats runs out of stack on a name of
 * some megabytes.
 */
export function readAttributes(slice: string, own?: ReadonlyMap<string, string>): Attributes {
  const attributes = new Map<string, string>();
  let at = 0;
  while (at < slice.length && attributes.size < attributesMax) {
    const ends = indexFrom(nameEnd, slice, at);
    if (ends === at) {
      at += 1;
      continue;
    }
    const [from, to, next] = valueAt(slice, ends);
    const isKept = ends - at <= nameCharactersMax && to - from <= valueCharactersMax;
    const key = isKept ? slice.slice(at, ends).toLowerCase() : '';
    at = next;
    if (!isKept || attributes.has(key)) continue;
    const value = slice.slice(from, to);
    attributes.set(key, withoutControls(decodeEntities(value, own === undefined ? {} : { own })));
  }
  return attributes;
}

/** Where the value behind a name begins and ends, and where to read on; an empty one where there is none. */
function valueAt(slice: string, ends: number): readonly [from: number, to: number, next: number] {
  const none = [ends, ends, ends] as const;
  const equals = indexFrom(noSpace, slice, ends);
  if (slice[equals] !== '=' || equals - ends > spacesMax) return none;
  const from = indexFrom(noSpace, slice, equals + 1);
  if (from >= slice.length || from - equals - 1 > spacesMax) return none;
  const first = slice[from] ?? '';
  if (first === '>') return none;
  if (first !== '"' && first !== "'") {
    const to = indexFrom(bareEnd, slice, from);
    return [from, to, to];
  }
  const to = slice.indexOf(first, from + 1);
  return to === -1 ? none : [from + 1, to, to + 1];
}

/** The first place from `at` on where the pattern, which has the flag `g`, matches; the end of the text where none does. */
function indexFrom(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}
