// Boilerplate stands at the end; looking only there keeps every pattern cheap on any text.
const tailCharactersMax = 1_200;

// A summary ends in two or three layers of it at most; a text made of nothing else is not worth more rounds.
const layersMax = 8;

// Where a sentence begins. Every pattern is told by its capital letter too: "vowed to subscribe to the treaty" is news.
const opening = String.raw`(?:^|[.!?…\]"”’|]\s*|\s[–—-]\s*|\s{2,})`;
const closing = String.raw`\s*[.!…→»>:\])]*$`;
const rest = String.raw`[^.!?\n]{0,150}`;

interface Tail {
  /** Words of which every match holds one: looking for them is far cheaper than trying the pattern. */
  readonly cues: readonly string[];
  readonly pattern: RegExp;
}

const sentence = (cues: readonly string[], words: string): Tail => ({
  cues,
  pattern: new RegExp(`${opening}(?:${words})${closing}`, 'u'),
});

const calls =
  'Read more|Read More|READ MORE|See more|View more|Learn more|Weiterlesen|Lire la suite|Leer más|Leggi tutto|Ler mais';
const subscriptions = 'Subscribe (?:to|now|today)|Sign up (?:for|to)|Follow us on|Like us on|Join our';

/** What publishers' systems put behind a summary; each is anchored at the end of the text. */
const tails: readonly Tail[] = [
  {
    // WordPress with Yoast, and its translations: the title of the story stands in the middle.
    cues: ['appeared', 'erschien', 'est apparu', 'primero', 'proviene', 'primeiro'],
    pattern:
      /(?:^|\s)(?:The (?:post|article)|Der Beitrag|L['’]article|El (?:post|artículo)|La entrada|L['’]articolo|O post)\s[^\n]{0,600}?\s(?:(?:first appeared|appeared first) on|erschien zuerst auf|est apparu en premier sur|(?:aparece|apareció) primero en|proviene da|apareceu primeiro em)\s[^\n]{1,150}$/u,
  },
  sentence(
    ['This '],
    String.raw`This (?:post|article|story|entry|piece)\s[^.!?\n]{0,40}?(?:appeared|published|posted)\s[^!?\n]{1,150}`,
  ),
  sentence(['ontinue ', 'Keep '], `Continue [Rr]eading${rest}|Keep [Rr]eading`),
  sentence(
    ['ead '],
    `(?:Click here to )?[Rr]ead (?:the )?(?:full|rest|whole|complete|entire|original)\\b${rest}`,
  ),
  // The bare call stands behind anything, even without a full stop.
  { cues: calls.split('|'), pattern: new RegExp(String.raw`(?:^|\s)(?:${calls})\s*[.…→»>:\])]*$`, 'u') },
  sentence(['Read '], `Read [Mm]ore\\s(?:about|at|from|here|in|on)\\b${rest}`),
  sentence(['Click here'], `Click here (?:to|for)\\b${rest}`),
  sentence(['Subscribe', 'Sign up', 'Follow us', 'Like us', 'Join our'], `(?:${subscriptions})\\b${rest}`),
  {
    cues: ['more', 'mehr', 'suite'],
    pattern: /\s*[[(]\s*(?:more|mehr|suite)\s*(?:\.{2,3}|…|»|→)?\s*[\])]$/u,
  },
  {
    cues: ['Permalink', 'Leave a', 'Share this'],
    pattern: /(?:^|\s)(?:Permalink|Leave a comment|Share this(?: article| post)?)\s*$/u,
  },
];

const ellipsis = /\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…+|\.{3,}|→|»)\s*$/u;

/**
 * A summary without what the publisher's system added at its end: "The post … appeared first on …", "Continue
 * reading", "Read more", calls to subscribe. A cut-off mark such as `[…]` becomes a plain ellipsis. One line in, one
 * line out; '' when nothing else was there. At most eight layers are taken off; linear, never throws.
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
  for (const { cues, pattern } of tails) {
    const match = cues.some((cue) => tail.includes(cue)) ? pattern.exec(tail) : null;
    if (match !== null) return text.slice(0, from + match.index + keptLength(match[0])).trimEnd();
  }
  const mark = /[….\])→»]$/u.test(tail) ? ellipsis.exec(tail) : null;
  if (mark === null) return text;
  const before = text.slice(0, from + mark.index).trimEnd();
  return before === '' ? '' : `${before}…`;
}

/** The full stop or quotation mark in front of a tail belongs to the text. */
function keptLength(tail: string): number {
  return /^[.!?…\]"”’]/u.test(tail) ? 1 : 0;
}
