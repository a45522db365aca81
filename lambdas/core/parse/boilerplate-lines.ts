// Longer lines are sentences of a story.
const lineCharactersMax = 200;

const name = String.raw`(?:\p{Lu}[\p{L}\p{M}.'’-]*|of|the|and|via|for|de|\d{1,2}(?:st|nd|rd|th))`;
const owner = String.raw`(?:Getty|AP\b|Reuters|AFP|EPA|DVIDS|Shutterstock|Wikimedia|Flickr|iStock|Alamy|Handout|courtesy)`;

/** Credit of a photograph: who took it, and nothing else. Used for whole lines and for the end of a text. */
export const photoCredit = String.raw`(?:(?:[\p{Lu}][\p{L}.]{0,20}\s){0,4}(?:[Pp]hotos?|[Ii]mages?|[Pp]icture|[Gg]raphic|[Vv]ideo|[Ii]llustration)(?:graph)?\s(?:by|courtesy of|via)|(?:[Pp]hoto|[Ii]mage|[Pp]icture|[Ff]eatured [Ii]mage|[Vv]ideo)s?(?:\s(?:[Cc]redit|[Ss]ource|[Cc]ourtesy))?s?\s?:|Credits?\s?:|©)\s?${name}(?:(?:\s?[,/|]\s?|\s)${name}){0,13}`;

const networks =
  'facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pinterest|e-?mail|print|copy link|messenger|bluesky|threads|tweet|share|pin it';

/** A line that is the name of a sharing button; one alone may be a heading, several are a bar of buttons. */
const button = new RegExp(`^(?:${networks})(?:[\\s|·•,]+(?:${networks}))*$`, 'i');

/** Lines that publishers' systems put around a text, each in full. */
const lines: readonly RegExp[] = [
  /^(?:share|tweet|e-?mail|print|pin|save|bookmark) (?:this|on|via|it)\b[^.!?]{0,60}$/i,
  /^(?:like this:?|like loading[.…]*|loading[.…]*|related(?: (?:articles|stories|posts|content|news))?:?)$/i,
  /^(?:advertisement|sponsored content|story continues below(?: advertisement)?|article continues (?:below|after).{0,30}|scroll to continue.{0,30})$/i,
  /^(?:read (?:also|next)|see also|also read|recommended|you may also like)\s?:.{0,160}$/i,
  /^(?:filed under|posted in|tagged(?: with)?|tags?|categories)\s?:.{0,160}$/i,
  /^(?:\d{1,4}|no|leave a) comments?$/i,
  /^subscribe(?:\s(?:now|today|here|free|via|for)\b[^.!?]{0,120}|\sto\b[^.!?]{0,80}\b(?:newsletters?|channel|podcast|magazine|updates|e-?mails?|alerts|feed|digest|us)\b[^.!?]{0,80})?[.!]?$/i,
  /^(?:sign up|sign in|log ?in|register)(?:\s(?:for|to|now|here|today|or)\b[^.!?]{0,120})?[.!]?$/i,
  /^(?:already|not(?: yet)?) a (?:subscriber|member)\s?\?.{0,80}$/i,
  /^to (?:continue reading|read the (?:full|rest|whole))\b.{0,120}$/i,
  /^this (?:content|article|story|post|page) is (?:only )?(?:available|for|reserved|restricted)\b[^.!?]{0,40}\b(?:subscribers|members|premium|registered|paid)\b.{0,80}$/i,
  /^(?:get|receive|join)\b[^.!?]{0,80}\b(?:newsletter|mailing list|telegram channel|whatsapp channel|inbox)\b[^.!?]{0,60}[.!]?$/i,
  /^(?:follow|like|find) us on\b[^.!?]{0,100}[.!]?$/i,
  /^(?:download (?:the|our)\b[^.!?]{0,40}\bapp\b[^.!?]{0,40}|support our (?:journalism|work|reporting)\b.{0,80}|become a (?:subscriber|patron|paid member)\b.{0,80})$/i,
  /^(?:continue reading|keep reading|read more|read the (?:full|original)(?: (?:article|story|post))?)\b[^.!?]{0,120}$/i,
  /^(?:©|\(c\)\s\d{4}|copyright\s(?:©|\(c\)|\d{4}))[^!?]{0,120}$/i,
  new RegExp(`^[\\[(]?${photoCredit}[.\\])]*$`, 'u'),
  /^\((?:[^()]{0,60}\s)?(?:photo|image|picture|graphic|screenshot|file)\b[^()]{0,150}\)$/i,
  new RegExp(
    `^(?:photo|image|picture|video|credit)s?(?:\\s(?:credit|source|courtesy))?\\s?:\\s?[^!?]{0,80}\\b${owner}[^!?]{0,60}$`,
    'iu',
  ),
];

// Every pattern needs one of these; a line without them is left alone at the cost of one look.
const cues =
  /shar|tweet|mail|print|pin|save|bookmark|like|load|relat|advert|sponsor|scroll|read|see also|recommend|filed|posted|tag|categor|comment|subscri|sign|log|regist|member|this |newsletter|inbox|join|telegram|follow|find us|download|support|become|copyright|©|\(c\)|photo|image|picture|graphic|video|credit|illustrat|file|facebook|twitter|linkedin|whatsapp|reddit|^x$/i;

/**
 * A text of several lines without those that are no part of the story: sharing buttons, calls to subscribe or log in,
 * credits of photographs, "Advertisement", copyright lines. Only whole lines go; a text of nothing else stays as it
 * is. Linear, never throws.
 */
export function withoutBoilerplateLines(text: string): string {
  if (!text.includes('\n')) return text;
  const all = text.split('\n').map((line) => ({ line, kind: kindOf(line.trim()) }));
  const buttons = all.filter(({ kind }) => kind === 'button').length;
  const kept = all.filter(({ kind }) => kind === 'story' || (kind === 'button' && buttons === 1));
  return kept.length === all.length || kept.length === 0 ? text : kept.map(({ line }) => line).join('\n');
}

function kindOf(line: string): 'story' | 'button' | 'boilerplate' {
  if (line.length > lineCharactersMax || !cues.test(line)) return 'story';
  if (button.test(line)) return 'button';
  return lines.some((pattern) => pattern.test(line)) ? 'boilerplate' : 'story';
}
