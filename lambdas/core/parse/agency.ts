/** Names of the agencies and press-release wires that other outlets copy from: the one we use, then the others. */
const newsAgencies = [
  'AP|Associated Press|AP News',
  'Reuters|Reuters Staff|Thomson Reuters',
  'AFP|Agence France-Presse|Agence France Presse|AFP News|AFP-JIJI',
  'DPA|dpa International|Deutsche Presse-Agentur',
  'UPI|United Press International',
  'EFE|Agencia EFE',
  'ANSA',
  'Lusa|Agência Lusa',
  'PAP|Polska Agencja Prasowa',
  'NTB|Norsk Telegrambyrå',
  'TT|TT News Agency',
  'Ritzau',
  'STT|STT-Lehtikuva',
  'BNS|Baltic News Service',
  'PA|PA Media|Press Association|PA News Agency',
  'The Canadian Press|Canadian Press',
  'AAP|Australian Associated Press',
  'Xinhua|Xinhua News Agency',
  'Kyodo|Kyodo News|Kyodo News Agency',
  'Jiji|Jiji Press|JIJI Kyodo',
  'Yonhap|Yonhap News Agency|Yonhap News',
  'CNA|Central News Agency|Focus Taiwan',
  'PTI|Press Trust of India',
  'ANI|Asian News International',
  'IANS|Indo-Asian News Service',
  'APP|Associated Press of Pakistan',
  'Bernama',
  'Antara|Antara News',
  'PNA|Philippine News Agency',
  'VNA|Vietnam News Agency',
  'Anadolu|AA|Anadolu Agency|Anadolu Ajansi|Anadolu Ajansı',
  'TASS|ITAR-TASS',
  'Interfax|Interfax-Ukraine',
  'RIA Novosti|RIA',
  'Ukrinform',
  'UNIAN',
  'BelTA',
  'IRNA',
  'WAM|Emirates News Agency',
  'SPA|Saudi Press Agency',
  'KUNA',
  'Inter Press Service',
  'Bloomberg|Bloomberg News',
  'NNS|Navy News Service|Navy NewsStand',
  'AFNS|Air Force News Service|AFPN|Air Force Print News',
  'ARNEWS|Army News Service',
  'AFPS|American Forces Press Service|DoD News|DOD News|Defense Media Activity',
  'DVIDS|Defense Visual Information Distribution Service',
];

const pressWires = [
  'PR Newswire|PRNewswire|PRNewswire-USNewswire|PRNewswire-FirstCall|PR NEWSWIRE',
  'Business Wire|BusinessWire',
  'GlobeNewswire|Globe Newswire|GLOBE NEWSWIRE',
  'ACCESS Newswire|ACCESSWIRE|Accesswire',
  'EIN Presswire|EINPresswire|EIN News',
  'Newsfile|Newsfile Corp',
  'CNW|CNW Group',
  'Marketwired|Marketwire',
];

const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[.\s]+/g, ' ')
    .trim();

const byName = new Map(
  [...newsAgencies, ...pressWires].flatMap((line) => {
    const names = line.split('|');
    return names.map((name) => [keyOf(name), names[0] ?? ''] as const);
  }),
);

const pressWireNames: ReadonlySet<string> = new Set(pressWires.map((line) => line.split('|')[0] ?? ''));

// Of a name spelt like a word or a person's initials only the capitals are the agency: `AA`, not `Aa`.
const nameCharactersMax = 60;

/**
 * The agency that a text names, and names nothing but: `The Associated Press` is `AP`, `AFP` is `AFP`; null otherwise.
 * Abbreviations count in capitals only (`Ria Novak` is a person). Never throws.
 */
export function agencyNamed(text: string): string | null {
  if (text.length > nameCharactersMax) return null;
  const name = text
    .replace(/^\s*(?:by|from|source:|©|\(c\)|copyright)\s+(?:\d{4}\s+)?/i, '')
    .replace(/^the\s+/i, '');
  const known = byName.get(keyOf(name)) ?? byName.get(keyOf(text));
  if (known === undefined) return null;
  const isShort = name.trim().length <= 4 && !/^(?:EFE|Lusa|Jiji|ANSA)$/i.test(name.trim());
  return isShort && name !== name.toUpperCase() && name.trim() !== 'dpa' ? null : known;
}

/** Abbreviations that in a byline mean something else as well (public affairs, a think-tank); in a dateline they do not. */
const ambiguousInBylines = new Set(
  'PA AA TT APP CNA SPA STT PAP ANI VNA PNA WAM RIA BNS EFE NNS AAP'.split(' '),
);

// Every name above holds one of these; most names of people hold none.
const abbreviation = /\p{Lu}{2}/u;
const agencyCue =
  /press|news|wire|agenc|service|reuters|dpa|lusa|ritzau|kyodo|jiji|xinhua|yonhap|anadolu|antara|bernama|interfax|novosti|ukrinform|belta|bloomberg|telegrambyr|media activity/i;

// Credits name a handful of people and outlets; a longer one is a text.
const creditCharactersMax = 300;

/**
 * The agency among bylines and credits: `Ann Lee, Associated Press`, `Ann Lee (AP)`, `AFP | Bo Ray`, `© 2025 Reuters.
 * All rights reserved.`; null when none is named. The first one counts. Linear, never throws.
 */
export function agencyAmong(credits: readonly string[]): string | null {
  for (const credit of credits) {
    if (credit.length > creditCharactersMax || !namesAgency(credit)) continue;
    const whole = credit.replace(/\s*\ball rights reserved\b\.?/i, '').replace(/[.\s]+$/, '');
    for (const part of [whole, ...whole.split(/\s*[,|/();·•]\s*|\s[–—-]\s|\s(?:for|via|and|of|with)\s/)]) {
      const agency = ambiguousInBylines.has(part.trim()) ? null : agencyNamed(part);
      if (agency !== null) return agency;
    }
  }
  return null;
}

function namesAgency(credit: string): boolean {
  return abbreviation.test(credit) || agencyCue.test(credit);
}

/** True for the wires that carry press releases: what they bring is the company's own text. */
export function isPressWire(agency: string): boolean {
  return pressWireNames.has(agency);
}
