import type { Evidence } from '../../words/story.ts';
import type { Finding, ReadField } from '../field-matches.ts';
import type { NameList } from './name-list.ts';
import type { ServiceForm, TaggingRules } from '../rules.ts';

/** A service named without its country. */
export interface Unclaimed {
  readonly form: ServiceForm;
  readonly evidence: Evidence;
  /** False where the service is only part of a longer name, which then is the organisation. */
  readonly isOrganisation: boolean;
}

/** A country's name this many tokens before a service in small letters still owns it: `Finland lends six navy divers`. */
const ownerTokensMax = 4;

/**
 * What a service is called: by the country right before it; a service in small letters by the last country named shortly
 * before it in the same part of the sentence. Null when no country stands there or the words are no organisation's.
 */
export function claimedService(
  finding: Finding,
  form: ServiceForm,
  field: ReadField,
  rules: TaggingRules,
): string | null {
  const country = countryBefore(finding, field);
  return country === undefined ? null : serviceName(form, country, rules);
}

/**
 * Gives services without a country to one: to the United States when it is the only country named, or is named and the
 * service stands before any other country, as in that country's press; else to the only country there is, where that
 * country calls its service by a name of its own. Capitals only: `the army` is nobody's.
 */
export function settleUnclaimed(list: NameList, unclaimed: readonly Unclaimed[]): void {
  const countries = list.names('countries');
  const others = countries.filter((code) => code !== 'US');
  const hasBody = list.names('organisations').length > 0;
  for (const { form, evidence, isOrganisation } of unclaimed) {
    const [only] = others;
    const isFirst = others.every((code) => isBefore(evidence, list.evidence('countries', code)[0]));
    // Only the United States spells a department of defence so.
    if (
      others.length === 0 ||
      isFirst ||
      /^(?:Department of Defense|Defense Department|DoD)$/i.test(evidence.words)
    ) {
      if (form.unitedStates === null) continue;
      if (isOrganisation && !(form.isMembers === true && hasBody))
        list.add('organisations', form.unitedStates, evidence);
      list.add('countries', 'US', evidence);
    } else if (isOrganisation && form.isMembers !== true && only !== undefined && countries.length === 1) {
      const name = form.names?.[only];
      if (name !== undefined) list.add('organisations', name, evidence);
    }
  }
}

function isBefore(one: Evidence, other: Evidence | undefined): boolean {
  if (other === undefined) return true;
  if (one.field !== other.field) return one.field === 'title';
  return one.at < other.at;
}

function serviceName(form: ServiceForm, country: string, rules: TaggingRules): string | null {
  const own = form.names?.[country];
  if (own !== undefined) return own;
  if (country === 'US' && form.unitedStates !== null) return form.unitedStates;
  const adjective = rules.adjectives[country];
  return adjective === undefined || form.label === '' ? null : `${adjective} ${form.label}`;
}

function countryBefore({ from, to }: Finding, { findings, tokens, text }: ReadField): string | undefined {
  const isSmall = /^\p{Ll}/u.test(text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0));
  const reach = isSmall ? ownerTokensMax : 0;
  let nearest: Finding | undefined;
  for (const finding of findingsBefore(findings, from))
    if (finding.concept.name?.kind === 'countries' && finding.to <= from && from - finding.to <= reach)
      if (nearest === undefined || finding.to > nearest.to) nearest = finding;
  if (nearest === undefined) return undefined;
  for (let at = nearest.to; at <= from; at += 1) if (tokens[at]?.glue === 'break') return undefined;
  return nearest.concept.name?.name;
}

/** The findings that begin within a few tokens before a place: found by halving, because they are in order. */
function* findingsBefore(findings: readonly Finding[], from: number): Generator<Finding> {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((findings[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at -= 1) {
    const finding = findings[at];
    if (finding === undefined || finding.from < from - countryTokensMax) return;
    yield finding;
  }
}

/** The longest name of a country and the reach together. */
const countryTokensMax = 12;
