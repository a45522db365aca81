import { comparable } from '../tag/spelling.ts';
import { tokensOf } from '../tag/tokens.ts';

/** Labels that agencies and sites put before a headline: they come and go while the text stays. */
const labels =
  'update|wrapup|refile|corrected|correction|exclusive|breaking(?: news)?|watch|video|photos?|in pictures|gallery|live|just in|' +
  'developing|alert|urgent|factbox|explainer|analysis|opinion|feature|read|listen|report|news|top news|press release|sponsored';

// A bare hyphen ends a label only behind its number: "UPDATE 1-…", but "Live-fire …".
const prefix = new RegExp(
  String.raw`^\[?(?:(?:${labels})(?:\s?\d{1,2}-|\s?\d{0,2}\]?:|\]|\s[-–—]\s|\s?[–—]|\s\|)\s*)+`,
  'i',
);

/** What an outlet puts behind its headline: a bar or a dash with spaces, then a name of few words. */
const suffix = /\s(?:[|»·•]|[-–—]{1,2})\s([^|»·•–—]{2,40})$/;

/** Outlets whose names stand behind headlines with a dash, in lower case; a bar needs no such list. */
const outletWords =
  /\b(?:news|times|post|reuters|ap|afp|press|agency|daily|journal|herald|guardian|telegraph|tribune|bbc|cnn|magazine|review|defen[cs]e|military|media|online|today|observer|wire|tass|yahoo|msn|nbc|abc|cbs|npr|politico|bloomberg|axios|janes|newsweek|report|insider|world|independent|monitor|\w+\.(?:com|org|net|co|mil))\b/i;

/** A title without the labels before it and the outlet behind it. Never empty unless the title is. */
export function bareTitle(title: string): string {
  const start = title.trim().replace(prefix, '');
  const found = suffix.exec(start);
  const name = found?.[1] ?? '';
  const isBar = found !== null && /^\s[|»·•]/.test(found[0]);
  const isOutlet = found !== null && name.split(/\s+/).length <= 5 && (isBar || outletWords.test(name));
  const bare = isOutlet ? start.slice(0, found.index).trim() : start;
  return bare === '' ? title.trim() : bare;
}

/** The words of a text as copies are compared: lower case, without accents, punctuation and possessives. */
export function plainWords(text: string): string[] {
  return tokensOf(text).map(({ text: word }) => comparable(word).toLowerCase());
}
