import { byCodeUnit } from '../words/code-unit-order.ts';
import type { Signature } from './signature.ts';
import type { ClusterWeights, WordWeights } from './weights.ts';

/** Keys under which a story is made findable: each costs a write. Measured, see docs/clustering.md. */
export const announcedMax = 2;

/** Keys under which a story looks for others: each costs a read. */
export const askedMax = 12;

/**
 * Keys of a lower weight are left out: more than one story in a hundred would stand under them.
 */
const rarityMin = 4.3;

/**
 * What a country or topic keeps of its worth when another is announced already: tags differ between a headline and the
 * same with a summary, words hardly do. Measured.
 */
const repeatedShare = 0.25;

/** Topics of a story that are made keys with its countries, and countries that are. */
const keyTopicsMax = 2;
const keyCountriesMax = 4;

/** The signs by which a key is judged, in the order of `ClusterWeights.keySigns`. */
export const keySignNames = [
  'inBoth',
  'inTitle',
  'isName',
  'isCode',
  'rarity',
  'raritySquared',
  'isUnseen',
  'position',
  'isUnseenName',
  'isTitleName',
  'length',
  'isCountry',
  'isTitleCountry',
  'isTopic',
  'isTitleTopic',
  'isSecondTopic',
  'countries',
] as const;

/** A key that a story may be found under: how rare it is, and its signs. */
export interface KeyCandidate {
  readonly key: string;
  readonly rarity: number;
  readonly signs: readonly number[];
}

/**
 * The blocking keys of a story, the best first: words, countries, and topics of countries, by how likely another report of
 * the event has them and how few others do. The announced ones are the first of the asked ones.
 */
export function blockingKeys(
  signature: Signature,
  words: WordWeights,
  { keySigns, keyBias }: Pick<ClusterWeights, 'keySigns' | 'keyBias'>,
): { readonly announced: readonly string[]; readonly asked: readonly string[] } {
  const ranked = keyCandidates(signature, words)
    .filter(({ rarity }) => rarity >= rarityMin)
    .map(({ key, rarity, signs }) => {
      let margin = keyBias;
      signs.forEach((value, at) => {
        margin += value * (keySigns[at] ?? 0);
      });
      return { key, worth: Math.sqrt(rarity) / (1 + Math.exp(-margin)) };
    })
    .sort((one, other) => other.worth - one.worth || byCodeUnit(one.key, other.key));
  return { announced: varied(ranked, announcedMax), asked: ranked.slice(0, askedMax).map(({ key }) => key) };
}

/** The best keys that do not say the same twice: behind one of a country or topic, another is worth less. */
function varied(
  ranked: readonly { readonly key: string; readonly worth: number }[],
  count: number,
): string[] {
  const chosen: string[] = [];
  const isTag = (key: string): boolean => key.startsWith('@');
  const worthNow = ({ key, worth }: { readonly key: string; readonly worth: number }): number =>
    isTag(key) && chosen.some(isTag) ? worth * repeatedShare : worth;
  while (chosen.length < count) {
    const [best] = ranked
      .filter(({ key }) => !chosen.includes(key))
      .sort((one, other) => worthNow(other) - worthNow(one) || byCodeUnit(one.key, other.key));
    if (best === undefined) break;
    chosen.push(best.key);
  }
  return chosen;
}

/** Every key that a story could have, with its signs. */
export function keyCandidates(signature: Signature, words: WordWeights): KeyCandidate[] {
  return [...wordKeys(signature, words), ...countryKeys(signature, words)];
}

function wordKeys(signature: Signature, words: WordWeights): KeyCandidate[] {
  const length = Math.min(1, signature.terms.size / 40);
  let position = 0;
  const keys: KeyCandidate[] = [];
  for (const [key, { rarity, inTitle, inSummary, isName }] of signature.terms) {
    position += 1;
    if (key.startsWith('@')) continue;
    const isUnseen = !words.knows(key);
    const scaled = (rarity - 6) / 3;
    const signs = [inTitle && inSummary, inTitle && !inSummary, isName, signature.codes.has(key)];
    const later = [isUnseen, position / 10, isUnseen && isName, isName && inTitle, length];
    keys.push({
      key,
      rarity,
      signs: [...signs, scaled, scaled ** 2, ...later, 0, 0, 0, 0, 0, 0].map(Number),
    });
  }
  return keys;
}

function countryKeys(signature: Signature, words: WordWeights): KeyCandidate[] {
  const countries = [...signature.countries].sort(byCodeUnit);
  // The countries of the title come first: of many, the first few are made keys.
  const isTitle = (country: string): boolean => signature.titleTerms.has(country);
  countries.sort((one, other) => Number(isTitle(other)) - Number(isTitle(one)));
  const blank = keySignNames.slice(0, 4).map(() => 0);
  const sizes = countries.length / 4;
  return countries.slice(0, keyCountriesMax).flatMap((country) => {
    const inTitle = Number(isTitle(country));
    const rarity = words.of(country);
    const own = {
      key: country,
      rarity,
      signs: [...blank, (rarity - 6) / 3, 0, 0, 0, 0, 0, 0, 1, inTitle, 0, 0, 0, 0],
    };
    const topics = signature.topics.slice(0, keyTopicsMax).map((topic, at) => {
      const key = `${country}|${topic}`;
      const weight = words.ofTopic(key);
      return {
        key,
        rarity: weight,
        signs: [...blank, (weight - 6) / 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, inTitle, at, sizes],
      };
    });
    return [own, ...topics];
  });
}
