import { foldLine } from '../parse/plain-text.ts';
import { decodeEntities } from '../parse/xml/entities.ts';

const number = String.raw`\d[\d.,]{0,12}\s?[km]?`;
const counted =
  'comments?|replies|reply|views?|reads?|shares?|likes?|reactions?|retweets?|reposts?|upvotes?|claps?|bookmarks?';
const shortUnit = 'seconds?|secs?|minutes?|mins?|hours?|hrs?';
const longUnit = 'days?|weeks?|months?|years?';
const few = String.raw`(?:about |over |almost |less than )?(?:\d{1,4}|an?|one|two|three|a few|several)`;

/** What a date and time consist of, word by word. */
const timeWord = String.raw`(?:\d[\d:./,]{0,20}(?:st|nd|rd|th|h|am|pm|z)?|an?|few|on|at|ago|just|now|[ap]\.?m\.?|gmt|utc|[a-z]{1,4}st|[a-z]{1,3}dt|cet|et|pt|${shortUnit}|${longUnit}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}),?`;

/** Where a part of its own begins and ends: at an end of the text, of a line or sentence, in brackets, between bars and dots. */
const before = String.raw`(?<=^|[|·•.!?\u0001)\]-])\s*[(\[]?\s*`;
const after = String.raw`\s*[)\]]?(?=\s*(?:$|[|·•.!?\u0001(\[-]))`;

/** Parts that change by themselves: how often it was read, how long ago it was written, how long it takes to read. */
const volatileParts = new RegExp(
  [
    `${before}(?:${number}|no|one|leave an?|add an?|be the first to)\\s?(?:${counted})${after}`,
    `${before}(?:comments?|views|shares|likes|reads|replies|retweets)\\s?[:(]\\s?${number}${after}`,
    `${before}(?:last )?(?:updated|modified|edited|posted|published)(?:\\s?:)?\\s${timeWord}(?:\\s${timeWord}){0,9}${after}`,
    `${before}${few}\\s?(?:${shortUnit}|${longUnit}|[hdwm]) ago${after}`,
    `\\b${few}\\s?(?:${shortUnit}) ago\\b`,
    `\\b\\d{1,3}\\s?-?min(?:ute)?s?[\\s-]read\\b`,
    `\\b(?:estimated )?(?:reading|read) time\\s?:?\\s(?:about )?\\d{1,3}\\s?min(?:ute)?s?\\b`,
  ].join('|'),
  'giu',
);

/** Every such part has one of these words, and most texts have none. */
const volatileCue =
  /\bago\b|comment|repl[yi]|views?\b|reads?\b|reading|shares?\b|likes?\b|reaction|tweet|repost|upvote|clap|bookmark|updated|modified|edited|posted|published/i;

/**
 * A text as it counts when two are compared: what a publisher's software changes without an edit is evened out. Those are
 * white space, Unicode form, character references, kinds of quotes and dashes, an ellipsis or stop at the end, and
 * counters and relative times that stand by themselves (`12 comments`, `Updated 5 min ago`, `4 min read`). Case, numbers
 * and words inside a sentence count. Linear in the text, never throws. Idempotence is not promised.
 */
export function comparableText(text: string): string {
  const even = decodedWhole(text)
    .replace(/\n+/g, '\u0001')
    .normalize('NFKC')
    .replace(/\ufe0e|\ufe0f|[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff]|\u200d/g, '')
    .replace(/[‘’‚‛′`´ʼ“”„‟″«»‹›"]+|''/g, "'")
    .replace(/[^\S\u0001]+/g, ' ');
  const line = even.replace(/ ?[-‐‑‒–—―−]+ ?/g, '-');
  const steady = volatileCue.test(line) ? line.replace(volatileParts, ' ') : line;
  return foldLine(steady.replaceAll('\u0001', ' '))
    .replace(/(?:\s?[[(]\s?\.{2,}\s?[\])])$/, '')
    .replace(/^[\s|·•-]+/, '')
    .replace(trailing, '');
}

/** Publishing systems hand a text through one another, and each may escape it once more. */
const escapedTimesMax = 5;

function decodedWhole(text: string): string {
  let decoded = text;
  for (let times = 0; times < escapedTimesMax; times += 1) {
    const next = decodeEntities(decoded);
    if (next === decoded) return decoded;
    decoded = next;
  }
  return decoded;
}

const trailing = /(?<![\s.|·•:;,-])[\s.|·•:;,-]+$/;

/** A cut text must have this many characters for its beginning to tell it. */
const cutCharactersMin = 24;

/**
 * True when two texts differ in nothing that a reader would call an edit: the same as `comparableText` gives them, or one of
 * them is cut off with an ellipsis and the other goes on from there.
 */
export function isSameText(one: string, other: string): boolean {
  const [a, b] = [comparableText(one), comparableText(other)];
  if (a === b) return true;
  return (isCut(one) && isBeginning(a, b)) || (isCut(other) && isBeginning(b, a));
}

const isCut = (text: string): boolean => /(?:…|\.{3}|\[…\]|\[\.{3}\])[\s\])]*$/.test(text.slice(-12));

function isBeginning(cut: string, whole: string): boolean {
  if (cut.length < cutCharactersMin || !whole.startsWith(cut.slice(0, -1))) return false;
  // The cut may have torn the last word, or taken the sign behind it.
  return whole.startsWith(cut) || !/\w$/.test(cut);
}
