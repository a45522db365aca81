import { rankTails, ranks, roles, speechVerbs, unitedStatesRanks } from './people-words.ts';
import { follows, isCapital } from './word-field.ts';
import type { NameWord } from './word-field.ts';

/** What stands before a name: a rank or form of address, a role, or neither. */
export type Announcement = 'rank' | 'role' | '';

/** `By X Y`, `Illustration by X Y`: who made the story is not in it. */
export function isByline(words: readonly NameWord[], at: number): boolean {
  const before = words[at - 1];
  if (before?.lower !== 'by' || words[at]?.gap !== ' ') return false;
  return (
    before.text === 'By' ||
    /^(?:illustration|photo|photograph|artwork|edited|written|reported|story|video|hosted|posted|graphic|compiled|produced|more)$/.test(
      words[at - 2]?.lower ?? '',
    )
  );
}

/** A rank or a role right before the word, or a role and a comma (`the minister, X Y,`). */
export function announcementBefore(words: readonly NameWord[], at: number): Announcement {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined || before.isOwner) return '';
  const lower = roleOf(before);
  if (follows(word) || word.gap === ' \u201c' || word.gap === ' "') {
    if (isCapital(before) && ranks.has(lower)) return 'rank';
    if (isRankTail(words, at - 1)) return 'rank';
    return roles.has(lower) ? 'role' : '';
  }
  // `A, B, C` is a list and no apposition, so the role must be the very word before the comma.
  return word.gap === ', ' && roles.has(lower) && before.shape !== 'number' && follows(before) ? 'role' : '';
}

function isRankTail(words: readonly NameWord[], at: number): boolean {
  const before = words[at - 1];
  const word = words[at];
  if (word === undefined || before === undefined || !follows(word)) return false;
  if (/^\d$/.test(word.text)) return rankTails.has(before.lower);
  return (
    rankTails.has(word.lower) &&
    isCapital(word) &&
    (/^\d(?:st|nd|rd)$/.test(before.lower) || ranks.has(before.lower))
  );
}

/** The role or rank right before a name, in lower case and the singular. */
export function lastWord(words: readonly NameWord[], at: number): string {
  const before = words[at - 1];
  return before === undefined ? '' : roleOf(before);
}

function roleOf({ lower }: NameWord): string {
  const tail = lower.slice(lower.lastIndexOf('-') + 1);
  return roles.has(tail) || !tail.endsWith('s') ? tail : tail.slice(0, -1);
}

const apposedWordsMax = 9;

/** `The deputy minister of transport, X Y,`: between commas, with an article and a role before the first. */
export function isApposed(words: readonly NameWord[], at: number, end: number): boolean {
  if (words[at]?.gap !== ', ' || !words[end]?.gap.startsWith(', ')) return false;
  for (let index = at - 1; index > Math.max(0, at - apposedWordsMax); index -= 1) {
    const word = words[index];
    if (word === undefined || word.gap !== ' ') return false;
    if (
      roles.has(roleOf(word)) &&
      /^(?:the|its|his|her|their|our)$|-|secretary|minister|under|deputy|vice|chief/.test(
        words[index - 1]?.lower ?? '',
      )
    )
      return true;
  }
  return false;
}

/** `, 26,`, `, the chief of …`, ` (D-Wash.)`, `, who`. */
export function describedBehind(words: readonly NameWord[], end: number): boolean {
  const next = words[end];
  if (next === undefined || words[end - 1]?.isOwner) return false;
  if (next.gap.endsWith('(')) return /^(?:[RDI]-\p{Lu}|left|right|cent(?:er|re)|[RDI]$)/u.test(next.text);
  if (next.gap !== ', ') return false;
  if (/^[1-9]\d$/.test(next.text)) return /^[,.]/.test(words[end + 1]?.gap ?? '.');
  if (next.lower === 'who') return true;
  // `, leaving its director` and `, where a minister` tell of something else.
  if (
    /(?:ing|ed)$|^(?:where|when|while|and|but|or|which|with|after|before|as|in|on|at|to|from|by|for|said|says)$/.test(
      next.lower,
    )
  )
    return false;
  for (let at = end; at < Math.min(words.length, end + apposedWordsMax); at += 1) {
    const word = words[at];
    if (word === undefined || (at > end && word.gap !== ' ')) return false;
    if (roles.has(roleOf(word)) && words[at + 1]?.lower !== 'in') return true;
  }
  return false;
}

/** A verb of saying stands right behind the words, or right before them. */
export function isSpeaker(words: readonly NameWord[], at: number, end: number): boolean {
  const after = words[end];
  const before = words[at - 1];
  if (after !== undefined && follows(after) && after.shape === 'lower' && speechVerbs.has(after.lower))
    return true;
  return (
    before !== undefined && follows(words[at]) && before.shape === 'lower' && speechVerbs.has(before.lower)
  );
}

/** A rank as only the United States' press writes it stands before the name. */
export function isUnitedStatesRank(words: readonly NameWord[], at: number): boolean {
  const one = words[at - 1]?.text ?? '';
  const two = `${words[at - 2]?.text ?? ''} ${one}`;
  const three = `${words[at - 3]?.text ?? ''} ${two}`;
  return [one, two, three].some((rank) => unitedStatesRanks.test(rank));
}
