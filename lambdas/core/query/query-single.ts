import { closestWord } from '../words/closest-word.ts';
import { read, refused, type Reading } from './query-problem.ts';
import type { Parameter } from './query-string.ts';
import { readTimeBound, timeBoundsAllowed, type TimeBound } from './query-time.ts';

/** How stories that belong together are shown: each alone, copies of one text as one, one per event. */
export const collapses = ['none', 'copies', 'cluster'] as const;
export type Collapse = (typeof collapses)[number];

/** Most stories one answer holds. */
export const limitMax = 200;

/** Longer than any cursor we give out. */
const cursorLengthMax = 400;

/** The parameters that have one value; null when not asked. */
export interface SingleParameters {
  readonly since: TimeBound | null;
  readonly until: TimeBound | null;
  readonly limit: number | null;
  readonly cursor: string | null;
  readonly collapse: Collapse | null;
}

/** Reads since, until, limit, cursor and collapse; each may be given once. A cursor is checked in shape only. */
export function readSingleParameters(
  parameters: readonly Parameter[],
  nowMs: number,
): Reading<SingleParameters> {
  const bound = { read: (text: string) => readTimeBound(text, nowMs), allowed: timeBoundsAllowed };
  const since = readSingle(parameters, 'since', bound);
  if (!since.ok) return since;
  const until = readSingle(parameters, 'until', bound);
  if (!until.ok) return until;
  const limit = readSingle(parameters, 'limit', limitRule);
  if (!limit.ok) return limit;
  const cursor = readSingle(parameters, 'cursor', cursorRule);
  if (!cursor.ok) return cursor;
  const collapse = readSingle(parameters, 'collapse', collapseRule);
  if (!collapse.ok) return collapse;
  if (since.value !== null && until.value !== null && since.value.at > until.value.at) {
    return refused({
      parameter: 'since',
      value: since.value.asked,
      detail: `Expected \`since\` not to be after \`until\`, got ${since.value.at} and ${until.value.at}`,
      allowed: 'a time not after `until`',
    });
  }
  return read({
    since: since.value,
    until: until.value,
    limit: limit.value,
    cursor: cursor.value,
    collapse: collapse.value,
  });
}

/** What a parameter with one value may be; `read` gives null for what is not allowed. */
export interface SingleRule<Value> {
  readonly read: (text: string) => Value | null;
  readonly allowed: readonly string[] | string;
}

const limitRule: SingleRule<number> = {
  read: (text) => (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= limitMax ? Number(text) : null),
  allowed: `a whole number from 1 to ${limitMax}`,
};

const cursorRule: SingleRule<string> = {
  read: (text) => (text.length <= cursorLengthMax && /^[\w-]+$/.test(text) ? text : null),
  allowed: 'a `nextCursor` of the same query, unchanged',
};

const collapseRule: SingleRule<Collapse> = {
  read: (text) => collapses.find((collapse) => collapse === text) ?? null,
  allowed: collapses,
};

/** The value of a parameter that may be given once; null when it is not given. Refused twice or by its rule. */
export function readSingle<Value>(
  parameters: readonly Parameter[],
  name: string,
  rule: SingleRule<Value>,
): Reading<Value | null> {
  const texts = parameters.filter((parameter) => parameter.name === name).map(({ value }) => value.trim());
  const [text] = texts;
  if (text === undefined) return read(null);
  if (texts.length > 1) {
    return refused({
      parameter: name,
      value: texts.join(', '),
      allowed: rule.allowed,
      detail: `Expected \`${name}\` once, got it ${texts.length} times`,
    });
  }
  const value = rule.read(text);
  if (value !== null) return read(value);
  return refused({
    parameter: name,
    value: text,
    allowed: rule.allowed,
    didYouMean: typeof rule.allowed === 'string' ? null : closestWord(text, rule.allowed),
    detail: `Expected \`${name}\` to be ${typeof rule.allowed === 'string' ? rule.allowed : `one of ${rule.allowed.join(', ')}`}, got another value`,
  });
}
