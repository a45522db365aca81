/** A number of a text with what it counts: `kill`, `missil`, `$`, `%`, or a serial (`day`, `no`, a month) that tells issues of a series apart. */
export interface NumberUse {
  readonly value: number;
  readonly unit: string;
}

const spelt: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

const ordinals: ReadonlyMap<string, number> = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

const scales: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['million', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['bln', 1e9],
  ['billion', 1e9],
  ['tn', 1e12],
  ['trillion', 1e12],
]);

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const numberUse = new RegExp(
  [
    String.raw`(?<serial>\b(?:day|part|week|episode|issue|lot|phase|no\.?|block|round|batch|vol\.?|volume|chapter|tranche|increment|flight|#))[\s-]?#?(?:(?<serialValue>\d{1,5})|(?<serialWord>${[...spelt.keys()].join('|')}))\b`,
    String.raw`\b(?<month>(?:${months}))[a-z]{0,6}\.?\s(?<monthDay>\d{1,2})(?:st|nd|rd|th)?\b(?!\s?(?:percent|%|,\d{3}))`,
    String.raw`\b(?<dayFirst>\d{1,2})(?:st|nd|rd|th)?\s(?<monthAfter>(?:${months}))[a-z]{0,6}\b`,
    String.raw`(?<currency>us\$|a\$|c\$|[$€£¥]|\b(?:usd|eur|gbp)\s?)?(?<![\w.,-])(?<digits>\d{1,3}(?:,\d{3})+|\d{1,9})(?<fraction>\.\d{1,3})?(?:\s?-?(?<scale>thousand|million|billion|trillion|bn|bln|mn|mln|tn|[kmb])\b)?(?![\w,]*\d)(?:\s?(?<percent>%|percent|per cent|pct))?(?:[ -](?<noun>[\p{L}]{3,}))?(?:\s(?<noun2>[\p{L}]{3,}))?`,
    String.raw`\b(?<word>${[...spelt.keys()].join('|')})\b(?:[ -](?<wordNoun>[\p{L}]{3,}))?(?:\s(?<wordNoun2>[\p{L}]{3,}))?`,
    String.raw`\b(?<ordinal>${[...ordinals.keys()].slice(1).join('|')})\b`,
  ].join('|'),
  'giu',
);

/** Numbers that are read of one text. */
const numbersMax = 24;

/** The numbers of a text, in order, with their units. Years are left out: they stand in any text. Never throws. */
export function numbersOf(text: string, stem: (lower: string) => string): NumberUse[] {
  if (!/\d|[a-z]/i.test(text)) return [];
  const found: NumberUse[] = [];
  for (const { groups } of text.matchAll(numberUse)) {
    if (found.length >= numbersMax) break;
    const use = groups === undefined ? null : useOf(groups, stem);
    if (use !== null) found.push(use);
  }
  return found;
}

type Groups = Readonly<Record<string, string | undefined>>;

function useOf(groups: Groups, stem: (lower: string) => string): NumberUse | null {
  if (groups.serial !== undefined)
    return {
      value: spelt.get(groups.serialWord?.toLowerCase() ?? '') ?? Number(groups.serialValue),
      unit: `#${groups.serial.toLowerCase().replace('.', '')}`,
    };
  const month = groups.month ?? groups.monthAfter;
  if (month !== undefined)
    return { value: Number(groups.monthDay ?? groups.dayFirst), unit: `#${month.toLowerCase()}` };
  if (groups.ordinal !== undefined)
    return { value: ordinals.get(groups.ordinal.toLowerCase()) ?? 0, unit: '#ordinal' };
  if (groups.word !== undefined) {
    const value = spelt.get(groups.word.toLowerCase()) ?? 0;
    // One of them, the one: hardly ever a count.
    return value < 2 ? null : { value, unit: unitOf(groups.wordNoun, groups.wordNoun2, stem) };
  }
  return digitsUse(groups, stem);
}

function digitsUse(groups: Groups, stem: (lower: string) => string): NumberUse | null {
  const plain = Number(`${(groups.digits ?? '').replaceAll(',', '')}${groups.fraction ?? ''}`);
  const value = plain * (scales.get(groups.scale?.toLowerCase() ?? '') ?? 1);
  if (groups.currency !== undefined) return { value, unit: '$' };
  if (groups.percent !== undefined) return { value, unit: '%' };
  const isYear = groups.scale === undefined && /^(?:19|20)\d\d$/.test(groups.digits ?? '');
  if (isYear || value === 0) return null;
  return { value, unit: unitOf(groups.noun, groups.noun2, stem) };
}

const skipped =
  /^(?:people|more|other|others|new|additional|of|the|and|were|was|are|have|had|has|us|russian|chinese|american|british|ukrainian|israeli|iranian|military|army|navy|air|in|on|to|from|by)$/i;

function unitOf(
  first: string | undefined,
  second: string | undefined,
  stem: (lower: string) => string,
): string {
  const noun = first === undefined || skipped.test(first) ? second : first;
  return noun === undefined || skipped.test(noun) ? '' : stem(noun.toLowerCase());
}
