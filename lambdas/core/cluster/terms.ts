import { stemOf } from '../tag/inflection.ts';
import { comparable } from '../tag/spelling.ts';
import { tokensOf } from '../tag/tokens.ts';
import type { Token } from '../tag/tokens.ts';
import { stopWords } from './stop-words.ts';

/**
 * A word of a text that says something: `key` is its stem, a country (`@ru`) or a designation (`f35`). `isName`: it is
 * written as a name where a plain word would not be. `follows`: the term before it stands straight before it.
 */
export interface Term {
  readonly key: string;
  readonly isName: boolean;
  readonly isCode: boolean;
  readonly follows: boolean;
}

/** Terms that are read of one field; what stands behind them adds little and costs time. */
const termsMax = 120;

/** Words of the longest name of a country that is folded. */
const foldWordsMax = 3;

/** Irregular forms of verbs that headlines live on, and words that differ between the two sides of the Atlantic. */
const irregular: ReadonlyMap<string, string> = new Map(
  (
    'struck=strik shot=shoot hit=hit fell=fall fallen=fall won=win bought=buy built=build sold=sell sent=send sank=sink sunk=sink ' +
    'flew=fly flown=fly died=die dead=die dies=die deaths=die death=die killed=kill killing=kill left=leav lost=los fought=fight ' +
    'held=hold met=meet met=meet began=begin begun=begin broke=break broken=break chose=choos chosen=choos drew=draw drove=driv ' +
    'grew=grow kept=keep laid=lay led=lead paid=pay ran=run sought=seek spent=spend stole=steal stolen=steal swore=swear sworn=swear ' +
    'threw=throw thrown=throw took=tak wrote=writ written=writ blew=blow blown=blow caught=catch taught=teach thought=think ' +
    'men=man women=woman soldiers=soldier airplane=plan aeroplane=plan aircraft=aircraft troops=troop talks=talk ' +
    'collision=collid explosion=explod explosions=explod launches=launch resignation=resign nomination=nominat nominee=nominat ' +
    'deployment=deploy withdrawal=withdraw withdrew=withdraw withdrawn=withdraw arrest=arrest investigation=investigat ' +
    'confirmation=confirm negotiation=negotiat production=produc delivery=deliver purchase=purchas acquisition=acquir ' +
    'destruction=destroy invasion=invad evacuation=evacuat detention=detain interception=intercept violation=violat incursion=incur ' +
    'approval=approv development=develop agreement=agre announcement=announc'
  )
    .split(' ')
    .map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
);

/** The stem under which a word in lower case is counted. */
export const termStem = (lower: string): string => irregular.get(lower) ?? stemOf(lower);

/**
 * The terms of a text in order, without words of grammar; `folds` maps words of one to three stems in lower case, joined by
 * `_`, to countries. Bare numbers are no terms (see numbers.ts). Linear in the text; never throws.
 */
export function termsOf(text: string, folds: ReadonlyMap<string, string>): Term[] {
  const words = wordsOf(text);
  const capitalsTell = !isHeadline(words);
  const terms: Term[] = [];
  let follows = false;
  for (let at = 0; at < words.length && terms.length < termsMax; ) {
    const fold = foldAt(words, at, folds);
    if (fold !== null) {
      terms.push({ key: fold.key, isName: false, isCode: false, follows });
      follows = true;
      at += fold.length;
      continue;
    }
    const word = words[at];
    at += 1;
    if (word === undefined) break;
    const term = termOf(word, capitalsTell);
    if (term !== null) terms.push({ ...term, follows });
    follows = term !== null;
  }
  return terms;
}

interface Word {
  readonly text: string;
  readonly lower: string;
  readonly isCode: boolean;
  /** Does the word begin a sentence, so that its capital tells nothing? */
  readonly isFirst: boolean;
}

/** Tokens as words: letters and digits without a space between are one designation, F-35A is f35. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const tokens = tokensOf(text);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const digits = tokens[at + 1];
    const isFirst = token.glue === 'break';
    if (isDesignation(token, digits)) {
      const lower = `${token.text}${digits?.text ?? ''}`.toLowerCase();
      words.push({ text: token.text, lower, isCode: true, isFirst });
      at += 1;
      // The variant behind the number (F-35A, Su-34M) is left out: outlets give it or do not.
      if (tokens[at + 1]?.glue === 'none' && (tokens[at + 1]?.text.length ?? 9) <= 2) at += 1;
      continue;
    }
    const plain = comparable(token.text);
    words.push({ text: plain, lower: plain.toLowerCase(), isCode: false, isFirst });
  }
  return words;
}

function isDesignation(token: Token, next: Token | undefined): boolean {
  if (next === undefined || (next.glue !== 'none' && next.glue !== 'hyphen')) return false;
  return /^[A-Z][A-Za-z]{0,4}$/.test(token.text) && /^\d{1,4}$/.test(next.text) && token.text !== 'COVID';
}

/** In a headline with its words capitalised a capital tells nothing. */
function isHeadline(words: readonly Word[]): boolean {
  let long = 0;
  let capital = 0;
  for (const { text, lower } of words) {
    if (text.length < 4 || stopWords.has(lower)) continue;
    long += 1;
    if (text.charAt(0) !== lower.charAt(0)) capital += 1;
  }
  return long > 2 && capital > 0.7 * long;
}

function foldAt(
  words: readonly Word[],
  at: number,
  folds: ReadonlyMap<string, string>,
): { readonly key: string; readonly length: number } | null {
  const first = words[at];
  if (first === undefined || first.text === first.lower) return null;
  // Short names in capitals (US, UK) are words in small letters.
  const single = folds.get(first.lower.length < 4 ? first.text : first.lower);
  let found = single === undefined ? null : { key: single, length: 1 };
  let key = first.lower;
  for (let length = 2; length <= foldWordsMax; length += 1) {
    const next = words[at + length - 1];
    if (next === undefined) break;
    key += `_${next.lower}`;
    const fold = folds.get(key);
    if (fold !== undefined) found = { key: fold, length };
  }
  return found;
}

function termOf(word: Word, capitalsTell: boolean): Omit<Term, 'follows'> | null {
  const { lower, text, isCode } = word;
  if (isCode) return { key: lower, isName: true, isCode };
  if (lower.length < 2 || stopWords.has(lower) || /^\d+$/.test(lower)) return null;
  const key = termStem(lower);
  if (stopWords.has(key)) return null;
  const isCapital = text.charAt(0) !== lower.charAt(0);
  const isAcronym = text.length > 1 && text.length < 7 && text === text.toUpperCase() && text !== lower;
  return { key, isName: (isCapital && capitalsTell && !word.isFirst) || isAcronym, isCode };
}
