/** American spellings of words our phrases use, and the British ones they are read as. */
const british: ReadonlyMap<string, string> = new Map([
  ['defense', 'defence'],
  ['defenses', 'defences'],
  ['offense', 'offence'],
  ['armor', 'armour'],
  ['armored', 'armoured'],
  ['center', 'centre'],
  ['centers', 'centres'],
  ['program', 'programme'],
  ['programs', 'programmes'],
  ['maneuver', 'manoeuvre'],
  ['maneuvers', 'manoeuvres'],
  ['gray', 'grey'],
  ['labor', 'labour'],
  ['harbor', 'harbour'],
  ['organization', 'organisation'],
  ['organizations', 'organisations'],
  ['modernization', 'modernisation'],
  ['modernize', 'modernise'],
  ['mobilization', 'mobilisation'],
  ['unmanned', 'uncrewed'],
  ['crewless', 'uncrewed'],
  ['pilotless', 'uncrewed'],
  ['totaling', 'totalling'],
  ['license', 'licence'],
]);

/**
 * A word as phrases and texts are compared: accents dropped (Türkiye, Turkiye), American spelling read as British,
 * unmanned as uncrewed. Capitals stay where they were.
 */
export function comparable(word: string): string {
  const plain = withoutMarks(word);
  const other = british.get(plain.toLowerCase());
  if (other === undefined) return plain;
  if (plain === plain.toLowerCase()) return other;
  return plain === plain.toUpperCase() ? other.toUpperCase() : other.charAt(0).toUpperCase() + other.slice(1);
}

function withoutMarks(word: string): string {
  for (let at = 0; at < word.length; at += 1)
    if (word.charCodeAt(at) > 127) return word.normalize('NFD').replace(/\p{M}/gu, '');
  return word;
}
