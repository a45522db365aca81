import { notHeads } from './organisation-words.ts';
import type { FoundName } from './organisations.ts';
import { notNames, ranks, roles } from './people-words.ts';
import { follows, isCapital, startsSentence } from './word-field.ts';
import type { NameWord, WordField } from './word-field.ts';

/** What companies do in headlines and governments and soldiers seldom. */
const companyVerb =
  /^(?:wins?|won|unveils?|secures?|delivers?|acquires?|raises?|receives?|partners?|awarded|lands|nabs|snags|inks|buys|opens|selected|tapped|picked|showcases?|debuts?|demos?|pitches|reports|books)$/i;

/** Words that say the story is about a firm. */
const companyTalk =
  /^(?:company|companys|firm|firms|startup|start-up|manufacturer|shipbuilder|contractor|maker|ceo|investors?|shares|acquisition|subsidiary|funding|contract|shipyard)$/;

/**
 * Companies that nothing but their deed gives away: one or two words that open a headline, known to nobody, with a verb of
 * business behind, in a text that speaks of a firm or a contract. Names in the summary count only where the title gave them.
 * Linear in the text; never throws.
 */
export function headlineCompaniesIn(fields: readonly WordField[]): FoundName[] {
  const [title] = fields;
  const first = title?.words[0];
  if (title === undefined || first === undefined || title.style === 'shouted' || !isOwn(first)) return [];
  const end = isOwn(title.words[1]) && follows(title.words[1]) ? 2 : 1;
  const verb = title.words[end];
  if (verb === undefined || !follows(verb) || !companyVerb.test(verb.text)) return [];
  if (!fields.some(({ words }) => words.some(({ lower }) => companyTalk.test(lower)))) return [];
  const own = title.words.slice(0, end);
  const name = knownAs(fields, first.text) ?? own.map(({ text }) => text).join(' ');
  // A word that also stands with a small letter is no name: `Startup wins`.
  if (own.some(({ lower }) => fields.some(({ words }) => words.some((word) => word.text === lower))))
    return [];
  return fields.flatMap((field) => sightsOf(field, own).map(([from, to]) => ({ field, name, from, to })));
}

/** A longer name elsewhere in the text that begins with this word is the same firm's (`Sierra`, `Sierra Nevada Corporation`). */
function knownAs(fields: readonly WordField[], text: string): string | undefined {
  for (const { words } of fields)
    for (const { text: other, known, from } of words)
      if (other === text && known?.from === from && known.concept.name?.kind === 'organisations')
        return known.concept.name.name;
  return undefined;
}

function isOwn(word: NameWord | undefined): boolean {
  if (word === undefined || !isCapital(word) || word.known !== undefined || word.isOwner) return false;
  if (/\d$/.test(word.text) || companyVerb.test(word.text) || companyTalk.test(word.lower)) return false;
  const isEveryday = /(?:ers|ians|ing|ed|ists|ors|ants)$/.test(word.lower) || word.text.length < 3;
  return (
    !isEveryday &&
    !notHeads.has(word.lower) &&
    !notNames.has(word.lower) &&
    !roles.has(word.lower) &&
    !ranks.has(word.lower)
  );
}

/** Where the words of the name stand in a field, as tokens. */
function sightsOf({ words }: WordField, own: readonly NameWord[]): [from: number, to: number][] {
  const [first] = own;
  if (first === undefined) return [];
  return words.flatMap((word, at): [number, number][] => {
    if (
      word.text !== first.text ||
      (at > 0 && !startsSentence(word) && isCapital(words[at - 1]) && follows(word))
    )
      return [];
    const last = words[at + own.length - 1];
    const isWhole = own.every(({ text }, offset) => words[at + offset]?.text === text);
    return isWhole && last !== undefined ? [[word.from, last.to]] : [];
  });
}
