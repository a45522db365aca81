import { lemmaOf, stemOf } from './inflection.ts';
import { comparable } from './spelling.ts';
import { tokensOf } from './tokens.ts';

/** A phrase made ready for the matcher: alternatives of one part, or of two parts with a gap between them. */
export type Phrase =
  | { readonly kind: 'plain'; readonly patterns: readonly string[] }
  | { readonly kind: 'gap'; readonly first: readonly string[]; readonly second: readonly string[] };

export type PhraseReading =
  | { readonly ok: true; readonly phrase: Phrase }
  | { readonly ok: false; readonly reason: string };

/** More alternatives than this are a mistake in the notation. */
const patternsMax = 512;

/** The matcher gives up on longer runs, so they could never match. */
export const patternTokensMax = 10;

/**
 * Reads the notation of a phrase:
 * lower case matches any case, singular and plural; a word with a capital matches just so (`Patriot`, `IS`);
 * `strike~` also matches striking and struck's regular kin (`-ed`, `-ing`); `marines!` matches only that form;
 * `(award~|won|) contract` lists alternatives, an empty one included; `ordered .. tanks` allows words between.
 * Words with digits match in any case, with or without their hyphens (`F-35`, `F35`).
 */
export function readPhrase(text: string): PhraseReading {
  const parts = text.split('..');
  if (parts.length > 2) return { ok: false, reason: 'expected at most one gap (..)' };
  const patterns: string[][] = [];
  for (const part of parts) {
    const expanded = alternatives(part);
    if (expanded === null)
      return {
        ok: false,
        reason: `expected closed (a|b) groups without inner ones and at most ${patternsMax} alternatives`,
      };
    const keys = [...new Set(expanded.flatMap(patternsOf))];
    if (keys.some((pattern) => pattern === '')) return { ok: false, reason: 'expected words on each side' };
    if (keys.some((pattern) => pattern.split(' ').length > patternTokensMax))
      return { ok: false, reason: `expected at most ${patternTokensMax} words` };
    patterns.push(keys);
  }
  const [first, second] = patterns;
  if (first === undefined) return { ok: false, reason: 'expected a phrase' };
  if (second === undefined) return { ok: true, phrase: { kind: 'plain', patterns: first } };
  return { ok: true, phrase: { kind: 'gap', first, second } };
}

/** The texts a phrase without gap stands for, its groups written out; null when the notation cannot be read. */
export function alternatives(part: string): string[] | null {
  let prefixes = [''];
  let at = 0;
  while (at < part.length) {
    const open = part.indexOf('(', at);
    const literal = part.slice(at, open < 0 ? part.length : open);
    if (/[|)]/.test(literal)) return null;
    prefixes = prefixes.map((prefix) => prefix + literal);
    if (open < 0) break;
    const close = part.indexOf(')', open);
    const inner = part.slice(open + 1, close);
    if (close < 0 || inner.includes('(')) return null;
    const choices = inner.split('|');
    prefixes = prefixes.flatMap((prefix) => choices.map((choice) => prefix + choice));
    if (prefixes.length > patternsMax) return null;
    at = close + 1;
  }
  return prefixes;
}

/** The key sequences of one alternative; two when a number may also stand apart from its letters (`MiG 29`). */
function patternsOf(alternative: string): string[] {
  const words = alternative.trim().split(/\s+/).filter(Boolean);
  const glued = words.map((word) => wordKeys(word, true)).filter((key) => key !== '');
  const apart = words.map((word) => wordKeys(word, false)).filter((key) => key !== '');
  return [glued.join(' '), apart.join(' ')];
}

function wordKeys(word: string, isGlued: boolean): string {
  const mark = word.endsWith('~') || word.endsWith('!') ? word.slice(-1) : '';
  const tokens = tokensOf(mark === '' ? word : word.slice(0, -1));
  const hasDigit = /\d/.test(word);
  return tokens
    .map(({ text, glue }, index) => {
      const plain = comparable(text);
      const lower = plain.toLowerCase();
      if (hasDigit && index > 0)
        return isGlued || !mayStandApart(tokens, index) ? `-${lower}` : lemmaOf(lower);
      if (hasDigit) return lemmaOf(lower);
      if (mark === '~') return `~${stemOf(lower)}`;
      if (mark === '!') return `!${lower}`;
      return plain === lower || glue === 'none' ? lemmaOf(lower) : `=${plain}`;
    })
    .join(' ');
}

/** `B 1` is too often something else; `MiG 29` never is. */
function mayStandApart(tokens: readonly { readonly text: string }[], index: number): boolean {
  const before = tokens[index - 1]?.text ?? '';
  return index === 1 && /^\p{L}{2,}$/u.test(before) && /^\d{2,}$/.test(tokens[index]?.text ?? '');
}
