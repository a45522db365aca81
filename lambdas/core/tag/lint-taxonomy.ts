import type { DocumentPath, YamlDocument } from '../catalogue/yaml-document.ts';
import type { ReadField } from './field-matches.ts';
import { alternatives, readPhrase } from './phrase.ts';
import type { Taxonomy } from './taxonomy.ts';

/** A remark on a phrase: `file:line path: message`. */
export interface PhraseRemark {
  readonly kind: 'dead' | 'overlapping' | 'shadowed';
  readonly text: string;
}

const levels = ['sure', 'likely', 'hint'] as const;

interface PlacedPhrase {
  readonly topic: string;
  readonly index: number;
  readonly level: number;
  /** Its place among all phrases of the file. */
  readonly order: number;
  readonly path: DocumentPath;
  readonly phrase: string;
}

/**
 * Looks for phrases that do not do what they seem to: `dead`, a spelling of it is not found even in its own words (a comma
 * inside, a sign that reading drops); `overlapping`, it settles two topics, or stands twice in one; `shadowed`, a
 * shorter phrase inside it says as much or more, so it adds nothing or takes something away. `read` reads a text with the
 * compiled rules. Time grows with the number of spellings.
 */
export function lintTaxonomy(
  taxonomy: Taxonomy,
  document: YamlDocument,
  read: (text: string) => ReadField,
): PhraseRemark[] {
  const phrases = placedPhrases(taxonomy);
  const owners = ownersOf(phrases);
  const remark = (
    kind: PhraseRemark['kind'],
    { path, phrase }: PlacedPhrase,
    message: string,
  ): PhraseRemark => {
    return { kind, text: document.problem(path, `${brief(phrase)} ${message}`) };
  };
  return phrases.flatMap((own) => [
    ...deadSpellings(own, read).map((message) => remark('dead', own, message)),
    ...overlaps(own, owners).map((message) => remark('overlapping', own, message)),
    ...shadows(own, owners).map((message) => remark('shadowed', own, message)),
  ]);
}

function placedPhrases({ domains }: Taxonomy): PlacedPhrase[] {
  const slugs = domains.flatMap((domain) => domain.topics.map(({ slug }) => slug));
  const placed = domains.flatMap((domain, at) =>
    domain.topics.flatMap(({ slug, match }, position) =>
      levels.flatMap((name, level) =>
        (match[name] ?? []).map((phrase, line) => {
          const path = ['domains', at, 'topics', position, 'match', name, line];
          return { topic: slug, index: slugs.indexOf(slug), level, path, phrase };
        }),
      ),
    ),
  );
  return placed.map((phrase, order) => ({ ...phrase, order }));
}

/** Phrases by each of their patterns; phrases with a gap are left out, since nothing hides them. */
function ownersOf(phrases: readonly PlacedPhrase[]): ReadonlyMap<string, readonly PlacedPhrase[]> {
  const owners = new Map<string, PlacedPhrase[]>();
  for (const own of phrases)
    for (const pattern of new Set(patternsOf(own.phrase)))
      owners.set(pattern, [...(owners.get(pattern) ?? []), own]);
  return owners;
}

function patternsOf(phrase: string): readonly string[] {
  const reading = readPhrase(phrase);
  return reading.ok && reading.phrase.kind === 'plain' ? reading.phrase.patterns : [];
}

/** A dead phrase may have hundreds of spellings; the first few show what is wrong. */
const spellingsShown = 3;

function deadSpellings({ phrase, index }: PlacedPhrase, read: (text: string) => ReadField): string[] {
  const parts = phrase.split('..').map((part) => alternatives(part) ?? []);
  const [first = [], second = ['']] = parts;
  // Halves of a phrase with a gap are tried in turn and not each with each.
  const spellings =
    parts.length === 1 ? first : first.map((half, at) => `${half} ${second[at % second.length] ?? ''}`);
  const dead = spellings
    .map((spelling) => spelling.replace(/[~!]/g, '').trim())
    .filter((spelling) => !speaksFor(read(spelling), index));
  if (dead.length === 0) return [];
  const shown = dead.slice(0, spellingsShown).map((spelling) => JSON.stringify(spelling));
  const all =
    dead.length === spellings.length
      ? 'is not found'
      : `is not found in ${dead.length} of ${spellings.length} spellings`;
  return [`${all}, e.g. ${shown.join(', ')}`];
}

function speaksFor({ findings }: ReadField, topic: number): boolean {
  return findings.some(({ concept }) => concept.topics?.some(([index]) => index === topic) === true);
}

function overlaps(own: PlacedPhrase, owners: ReadonlyMap<string, readonly PlacedPhrase[]>): string[] {
  const messages = new Set<string>();
  for (const pattern of patternsOf(own.phrase))
    for (const other of owners.get(pattern) ?? []) {
      if (other === own) continue;
      const isLater = other.topic === own.topic && own.order > other.order;
      if (isLater) messages.add(`shares a spelling with ${nameOf(other)} of this topic`);
      else if (other.topic !== own.topic && own.level === 0 && other.level === 0)
        messages.add(`also settles ${other.topic} (${brief(other.phrase)})`);
    }
  return [...messages];
}

function shadows(own: PlacedPhrase, owners: ReadonlyMap<string, readonly PlacedPhrase[]>): string[] {
  const patterns = patternsOf(own.phrase);
  const inside = patterns.map((pattern) =>
    spansInside(pattern).flatMap((span) =>
      (owners.get(span) ?? []).filter(
        (other) => other.topic === own.topic && other !== own && other.level <= own.level,
      ),
    ),
  );
  // A phrase with one spelling that nothing shorter covers still has its use.
  if (patterns.length === 0 || inside.some((others) => others.length === 0)) return [];
  const strongest = inside.flat().sort((one, other) => one.level - other.level)[0];
  if (strongest === undefined) return [];
  return strongest.level < own.level
    ? [`hides the stronger ${nameOf(strongest)}`]
    : [`adds nothing to ${nameOf(strongest)}`];
}

function nameOf({ level, phrase }: PlacedPhrase): string {
  return `${levels[level] ?? ''} ${brief(phrase)}`;
}

/** A phrase with many alternatives is known by its beginning. */
function brief(phrase: string): string {
  return phrase.length > 60 ? `"${phrase.slice(0, 60)}…"` : `"${phrase}"`;
}

/** Every shorter run of a pattern's keys. */
function spansInside(pattern: string): string[] {
  const keys = pattern.split(' ');
  return keys.flatMap((_key, from) =>
    keys.slice(from).flatMap((_last, length) => {
      const span = keys.slice(from, from + length + 1);
      return span.length < keys.length ? [span.join(' ')] : [];
    }),
  );
}
