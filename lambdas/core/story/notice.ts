import type { Notice } from '../words/story.ts';

const number = String.raw`(?:\s?(?:no\.?\s?)?\d{1,2})`;
/** What parts a label from the headline: a colon, a bracket, a bar or a dash; a hyphen only right behind the label. */
const end = String.raw`\s?(?:[:|\])]|[–—]|\s-\s|-(?=\s?\S))`;
/** The same without the tight hyphen: `KILL-WEB` is a name. */
const looseEnd = String.raw`\s?(?:[:|\])]|[–—]|\s?-\s)`;
const start = String.raw`^[\[(*\s]{0,3}`;

/** How a title says it, most serious first. Labels of agencies are capitals: `KILL` is a withdrawal, `Kill:` a word. */
const titles: readonly (readonly [Notice, readonly RegExp[]])[] = [
  [
    'retraction',
    [
      new RegExp(
        `${start}(?:story |article |report )?(?:retract(?:ed|ion)|withdrawn|withdrawal of (?:story|article|report)|article removed|story removed)(?:${end}|$)`,
        'i',
      ),
      new RegExp(`${start}(?:MANDATORY |BULLETIN )?KILL${looseEnd}`),
      new RegExp(`${start}(?:WITHDRAWN|WITHDRAWAL|RETRACT|ELIMINATION)${end}`),
      /[[(](?:retracted|withdrawn|retraction)[\])]\s*$/i,
      /^editor'?s note: (?:this )?(?:story|article|report) (?:has been |was )?(?:retracted|withdrawn|removed)/i,
    ],
  ],
  [
    'correction',
    [
      new RegExp(
        `${start}(?:correct(?:ion|ed|s)|corrigendum|erratum|errata|clarification|clarified|amended|berichtigung|korrektur|rectificatif|correcci[oó]n|rectificaci[oó]n)${number}?(?:${end}|\\s(?:to|and clarification)\\b.{0,200}:|$)`,
        'i',
      ),
      new RegExp(
        `${start}(?:CORRECTED|CORRECTIVE|REFILE|RPT-CORRECTED|ADVISORY|WRITETHRU-CORRECTS?)(?:${number}?\\s?-|${end})`,
      ),
      /[[(](?:correct(?:ed|ion)|clarified|amended)[\])]\s*$/i,
    ],
  ],
  [
    'update',
    [
      new RegExp(
        `${start}(?:UPDATED?|WRAPUP|WRITETHRU|\\d(?:st|nd|rd|th) (?:LD|Ld|ld|LEAD|Lead|lead|WRITETHRU|writethru|update))${number}?(?:${end}|\\s?-)`,
      ),
      new RegExp(`${start}updated?(?:${number})?\\s?(?:[:|\\])]|[–—]|\\s-\\s)`, 'i'),
      /[[(](?:updated?|\d(?:st|nd|rd|th) (?:ld|lead|writethru|update))[\])]\s*$/i,
      /\s[|–—-]\s?(?:updated?)\.?$/i,
    ],
  ],
];

const titleCue =
  /retract|withdr|removed|kill|eliminat|correct|corrig|errat|clarif|amend|bericht|korrekt|rectif|refile|advisory|writethru|updat|wrapup|editor|\d(?:st|nd|rd|th) (?:ld|lead|update)/i;

/** How the beginning or the end of a summary says it. */
const summaries: readonly (readonly [Notice, RegExp])[] = [
  [
    'retraction',
    /^(?:editor'?s note\s?[:-]\s?)?(?:this|the) (?:story|article|report|item|dispatch) (?:has been|was|is)(?: being)? (?:retracted|withdrawn)\b/i,
  ],
  ['correction', /^(?:correction|corrected|clarification|erratum)\s?(?:\([^)]{1,40}\)\s?)?[:–—]/i],
  [
    'correction',
    /^(?:editor'?s note\s?[:-]\s?)?(?:this|an earlier version of this|a previous version of this) (?:story|article|report|headline|post) (?:has been (?:corrected|updated to correct|amended to correct)|misstated|incorrectly|misidentified|wrongly|gave the wrong)\b/i,
  ],
  [
    'update',
    /^update[d]?\s?(?:\([^)]{1,40}\)|\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?)?(?:\s[a-z]{2,4})?)?\s?[:–—]\s/i,
  ],
];

/** Notices stand at the beginning; texts are looked at this far. */
const summaryCharactersMax = 240;
const titleCharactersMax = 600;

/**
 * What the publisher marks this text as: `UPDATE 2-`, `Corrected:`, `(Updated)`, `CORRECTION:`, `RETRACTED`, an agency's
 * `KILL` or `ADVISORY`, or a first sentence that says so; null for a plain text. Labels count only with the sign that parts
 * them from the headline, so that `Update on the F-35`, `Corrections officers` and `Kill chain` are none. Linear, never
 * throws. Source: headline conventions of Reuters, AP and AFP; RFC 4287 has no element for it.
 */
export function noticeOf({
  title,
  summary,
}: {
  readonly title: string;
  readonly summary: string;
}): Notice | null {
  const head = title.slice(0, titleCharactersMax).replaceAll('’', "'");
  if (titleCue.test(head)) {
    for (const [notice, forms] of titles) if (forms.some((form) => form.test(head))) return notice;
  }
  const begin = summary.slice(0, summaryCharactersMax).replaceAll('’', "'").trimStart();
  return summaries.find(([, form]) => form.test(begin))?.[0] ?? null;
}
