import { withoutC1Controls } from '../windows-1252.ts';
import { htmlEntities, legacyEntityNames } from './html-entities.ts';

/** How to decode: the document's own entities, and whether HTML's forms without a semicolon count. */
export interface EntityRules {
  readonly own?: ReadonlyMap<string, string>;
  readonly withoutSemicolon?: boolean;
}

// The longest HTML name has 31 characters (CounterClockwiseContourIntegral); own entities get the same room.
const nameCharactersMax = 40;

// Zeros in front are no reason to read a number as another one; beyond 7 digits every number is out of range.
const numeric = /&#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));?/y;
const named = new RegExp(`&([A-Za-z][A-Za-z0-9._-]{0,${nameCharactersMax - 1}})(;?)`, 'y');

/**
 * Text with its character references replaced, once. XML's five cannot be redefined; then come the document's own
 * entities and HTML's names. References that nobody knows stay as they are; control characters vanish, &#128; to
 * &#159; are read as windows-1252, surrogates and numbers beyond U+10FFFF become U+FFFD.
 * Linear in the text, never throws. Source: XML 1.0 §4.1, HTML Living Standard §13.2.5.80.
 */
export function decodeEntities(text: string, rules: EntityRules = {}): string {
  let ampersand = text.indexOf('&');
  if (ampersand < 0) return text;
  const parts: string[] = [];
  let done = 0;
  while (ampersand >= 0) {
    const reference = readReference(text, ampersand, rules);
    if (reference === null) {
      ampersand = text.indexOf('&', ampersand + 1);
      continue;
    }
    parts.push(text.slice(done, ampersand), reference.value);
    done = reference.end;
    ampersand = text.indexOf('&', done);
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function readReference(
  text: string,
  at: number,
  rules: EntityRules,
): { readonly value: string; readonly end: number } | null {
  numeric.lastIndex = at;
  const number = numeric.exec(text);
  if (number !== null) {
    const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    return { value: characterOf(point), end: numeric.lastIndex };
  }
  named.lastIndex = at;
  const name = named.exec(text);
  if (name === null) return null;
  const closed = name[2] === ';';
  const value = closed ? entityOf(name[1] ?? '', rules) : undefined;
  if (value !== undefined) return { value, end: named.lastIndex };
  if (closed || rules.withoutSemicolon !== true || !legacyEntityNames.has(name[1] ?? '')) return null;
  // `&copy=1` is a query string, not a copyright sign (HTML §13.2.5.73).
  if (text[named.lastIndex] === '=') return null;
  return { value: htmlEntities.get(name[1] ?? '') ?? '', end: named.lastIndex };
}

const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function entityOf(name: string, rules: EntityRules): string | undefined {
  return predefined.get(name) ?? rules.own?.get(name) ?? htmlEntities.get(name);
}

function characterOf(point: number): string {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d ? ' ' : '';
  if (point >= 0x80 && point <= 0x9f) return withoutC1Controls(String.fromCharCode(point));
  const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) && (point & 0xfffe) !== 0xfffe;
  return valid && point !== 0x7f ? String.fromCodePoint(point) : point === 0x7f ? '' : '\uFFFD';
}

// One look decides for nearly every text; only what it finds is worth the replacements.
const suspicious = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uD800-\uDFFF\uFFFE\uFFFF]/;
const unwanted = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g;

/**
 * Text that every XML 1.0 document may carry: control characters and non-characters are gone, lone surrogates are
 * U+FFFD, C1 controls are what they mean in windows-1252. Idempotent, never throws. Source: XML 1.0 §2.2.
 */
export function withoutControls(text: string): string {
  if (!suspicious.test(text)) return text;
  return withoutC1Controls(text)
    .replace(unwanted, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
