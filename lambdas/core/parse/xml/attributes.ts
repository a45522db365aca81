import { decodeEntities, withoutControls } from './entities.ts';

/** Attributes by name in lower case; the first of a doubled name counts. */
export type Attributes = ReadonlyMap<string, string>;

export const noAttributes: Attributes = new Map();

/** Attributes a tag may have; further ones are dropped. Source: hostile documents with 100,000 of them. */
export const attributesMax = 64;

// Addresses are the longest values that matter, and those are useless beyond 2 KB.
const valueCharactersMax = 8_192;
const nameCharactersMax = 256;

const attribute = /([^\s"'<>/=]+)(?:\s{0,1000}=\s{0,1000}(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/y;

/**
 * Reads the attributes in the slice of a tag between its name and its `>`: quoted, unquoted or bare.
 * At most `attributesMax` with values of at most 8,192 characters; longer ones are left out, never cut.
 * Linear, never throws.
 */
export function readAttributes(slice: string, own?: ReadonlyMap<string, string>): Attributes {
  const attributes = new Map<string, string>();
  let at = 0;
  while (at < slice.length && attributes.size < attributesMax) {
    attribute.lastIndex = at;
    const match = attribute.exec(slice);
    if (match === null) {
      at += 1;
      continue;
    }
    at = attribute.lastIndex;
    const [, name = '', double, single, bare = ''] = match;
    const value = double ?? single ?? bare;
    if (name.length > nameCharactersMax || value.length > valueCharactersMax) continue;
    const key = name.toLowerCase();
    if (attributes.has(key)) continue;
    attributes.set(key, withoutControls(decodeEntities(value, own === undefined ? {} : { own })));
  }
  return attributes;
}
