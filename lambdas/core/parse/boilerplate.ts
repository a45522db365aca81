import { photoCredit } from './boilerplate-lines.ts';

// Boilerplate stands at the end; looking only there keeps every pattern cheap on any text.
const tailCharactersMax = 1_200;

// A summary ends in two or three layers of it at most; a text made of nothing else is not worth more rounds.
const layersMax = 8;

// Where a sentence begins. Every pattern is told by its capital letter too: "vowed to subscribe to the treaty" is news.
const opening = String.raw`(?:^|[.!?…\]"”’|]\s*|\s[–—-]\s*|\s{2,})`;
const closing = String.raw`\s*[.!…→»>:\])]*$`;
const rest = String.raw`[^.!?\n]{0,150}`;

interface Tail {
  /** What every match holds: looking for it is far cheaper than trying the pattern. */
  readonly cue: RegExp;
  readonly pattern: RegExp;
}

const sentence = (cue: RegExp, words: string): Tail => ({
  cue,
  pattern: new RegExp(`${opening}(?:${words})${closing}`, 'u'),
});

const calls =
  'Read more|Read More|READ MORE|See more|View more|Learn more|Weiterlesen|Lire la suite|Leer más|Leggi tutto|Ler mais';
const subscriptions =
  'Subscribe (?:to|now|today)|Sign up (?:for|to)|Follow us on|Like us on|' +
  'Join our (?:newsletter|mailing list|community|(?:Telegram|WhatsApp|Discord|Signal)\\b)|Get (?:the|our) newsletter';
const logins =
  'Already a (?:subscriber|member)\\?|(?:Log ?in|Log ?In|Sign in) (?:to|or)|You must be logged in|To (?:continue reading|read the (?:full|rest))|' +
  'This (?:content|article|story|post) is (?:only )?(?:available|for|reserved|restricted)[^.!?\\n]{0,40}\\b(?:subscribers|members)';
const photoCue =
  /(?:hoto|mage|raphic|ideo|icture|llustration)(?:s|graph)? ?(?:by|courtesy|via|[Cc]redit|[Ss]ource|:)|redits? ?:|©/;
const networks =
  '(?:Facebook|Twitter|X|LinkedIn|WhatsApp|Reddit|Telegram|Pinterest|E-?mail|Print|Share|Tweet|Bluesky)';

/** What publishers' systems put behind a summary; each is anchored at the end of the text. */
const tails: readonly Tail[] = [
  {
    // WordPress with Yoast, and its translations: the title of the story stands in the middle.
    cue: /appeared|erschien zuerst|est apparu|primero en|proviene da|primeiro em/,
    pattern:
      /(?:^|\s)(?:The (?:post|article)|Der Beitrag|L['’]article|El (?:post|artículo)|La entrada|L['’]articolo|O post)\s[^\n]{0,600}?\s(?:(?:first appeared|appeared first) on|erschien zuerst auf|est apparu en premier sur|(?:aparece|apareció) primero en|proviene da|apareceu primeiro em)\s[^\n]{1,150}$/u,
  },
  sentence(
    /This (?:post|article|story|entry|piece)/,
    String.raw`This (?:post|article|story|entry|piece)\s[^.!?\n]{0,40}?(?:appeared|published|posted)\s[^!?\n]{1,150}`,
  ),
  sentence(/Continue [Rr]ead|Keep [Rr]ead/, `Continue [Rr]eading${rest}|Keep [Rr]eading`),
  sentence(
    /(?:Read|to read) (?:the )?(?:full|rest|whole|complete|entire|original)/,
    `(?:Click here to )?[Rr]ead (?:the )?(?:full|rest|whole|complete|entire|original)\\b${rest}`,
  ),
  // The bare call stands behind anything, even without a full stop.
  { cue: new RegExp(calls), pattern: new RegExp(String.raw`(?:^|\s)(?:${calls})\s*[.…→»>:\])]*$`, 'u') },
  sentence(/Read [Mm]ore/, `Read [Mm]ore\\s(?:about|at|from|here|in|on)\\b${rest}`),
  sentence(/Click here/, `Click here (?:to|for)\\b${rest}`),
  sentence(
    /Subscribe (?:to|now|today)|Sign up|Follow us|Like us|Join our|Get (?:the|our) news/,
    `(?:${subscriptions})${rest}`,
  ),
  sentence(
    /Already a|Log ?[Ii]n |Sign in|logged in|To (?:continue|read)|This (?:content|article|story|post) is/,
    `(?:${logins})${rest}`,
  ),
  {
    cue: /[([][^()[\]]{0,60}(?:hoto|mage|icture|creenshot)/,
    pattern:
      /(?:^|\s)[([](?:[^()[\]]{0,60}\s)?(?:[Pp]hotos?|[Ii]mages?|[Pp]icture|[Ss]creenshot)(?:\s(?:by|courtesy|credit|via|source)|\s?[:/]|\))[^()[\]]{0,150}[)\]]?$/u,
  },
  // A credit in brackets may say more than names; one without them must be names only, or a sentence would go.
  sentence(photoCue, photoCredit),
  {
    cue: /(?:eporting|diting|dited|ritten|riting) by/,
    pattern:
      /(?:^|\s)\((?:Reporting|Additional reporting|Writing|Editing|Edited|Written) by\s[^()]{1,300}\)$/u,
  },
  {
    cue: /©|opyright|\(c\)/,
    pattern:
      /(?:^|[.!?…”"]\s?|\s)(?:©|\(c\)\s\d{4}|Copyright\s(?:©|\(c\)|\d{4}))[^.!?\n]{0,100}(?:\.\s?All [Rr]ights [Rr]eserved)?\.?$/u,
  },
  {
    cue: /Share (?:this|on|via)|Tweet|Facebook|Twitter|LinkedIn/,
    pattern: new RegExp(
      `(?:^|\\s)(?:Share (?:this|on|via)(?: (?:article|post|story|${networks})){0,8}|${networks}(?: ${networks}){2,9})$`,
      'u',
    ),
  },
  {
    cue: /[[(]\s*(?:more|mehr|suite)/,
    pattern: /\s*[[(]\s*(?:more|mehr|suite)\s*(?:\.{2,3}|…|»|→)?\s*[\])]$/u,
  },
  {
    cue: /Permalink|Leave a comment/,
    pattern: /(?:^|\s)(?:Permalink|Leave a comment)\s*$/u,
  },
];

// One look for all of them: few texts hold any.
const anyCue = new RegExp(tails.map(({ cue }) => cue.source).join('|'));

const cutMarkCharactersMax = 200;
const ellipsis = /\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…+|\.{3,}|→|»)\s*$/u;

/**
 * A summary without what the publisher's system added at its end: "The post … appeared first on …", "Continue
 * reading", "Read more", calls to subscribe or log in, credits of photographs, copyright lines, sharing buttons. A
 * cut-off mark such as `[…]` becomes a plain ellipsis. One line in, one line out; '' when nothing else was there. At
 * most eight layers are taken off; linear, never throws.
 */
export function withoutBoilerplate(line: string): string {
  let text = line.trim();
  for (let layer = 0; layer < layersMax; layer += 1) {
    const shorter = withoutTail(text);
    if (shorter === text) return text;
    text = shorter;
  }
  return text;
}

function withoutTail(text: string): string {
  const from = Math.max(0, text.length - tailCharactersMax);
  const tail = text.slice(from);
  for (const { cue, pattern } of anyCue.test(tail) ? tails : []) {
    const match = cue.test(tail) ? pattern.exec(tail) : null;
    if (match !== null) return text.slice(0, from + match.index + keptLength(match[0])).trimEnd();
  }
  return withoutCutMark(text);
}

/** A mark that the text was cut (`[…]`, `...`, `→`) becomes a plain ellipsis. */
function withoutCutMark(text: string): string {
  if (!/[….\])→»]/u.test(text.charAt(text.length - 1))) return text;
  const from = Math.max(0, text.length - cutMarkCharactersMax);
  const end = text.slice(from);
  const mark = /…|\.{3}|→|»/.test(end) ? ellipsis.exec(end) : null;
  if (mark === null) return text;
  const before = text.slice(0, from + mark.index).trimEnd();
  return before === '' ? '' : `${before}…`;
}

/** The full stop or quotation mark in front of a tail belongs to the text. */
function keptLength(tail: string): number {
  return /^[.!?…\]"”’]/u.test(tail) ? 1 : 0;
}
