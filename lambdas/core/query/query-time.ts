import { isoTime } from '../words/time.ts';

/** A bound on sort time: what was asked, and the instant it means now (ISO 8601 UTC with milliseconds). */
export interface TimeBound {
  readonly asked: string;
  readonly at: string;
}

/** What `since` and `until` may be; stands in error messages and the documentation. */
export const timeBoundsAllowed =
  'an ISO 8601 date or time (2026-05-01, 2026-05-01T12:00Z) or a span back from now (90m, 24h, 7d)';

const spanUnitsMs: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
/** A `+` that was not percent-encoded arrives as a space, so a space stands for it before an offset. */
const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+\- ]\d{2}:?\d{2})?)?$/;
/** Years a story can have; anything else is a slip, not a question. */
const [yearMin, yearMax] = [1970, 2100];

/**
 * Reads a time bound; null when it is none. A date means its first instant, a time without an offset is UTC,
 * a span counts back from `nowMs`. Days that do not exist (30 February) are refused. Source: RFC 3339 §5.6.
 */
export function readTimeBound(text: string, nowMs: number): TimeBound | null {
  const at = spanStart(text, nowMs) ?? instant(text);
  return at === null ? null : { asked: text.replace(' ', '+'), at: isoTime(at) };
}

function spanStart(text: string, nowMs: number): number | null {
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(text);
  if (match === null) return null;
  const at = nowMs - Number(match[1]) * (spanUnitsMs.get(match[2] ?? '') ?? 0);
  return at >= 0 ? at : null;
}

function instant(text: string): number | null {
  const match = isoForm.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  if (year < yearMin || year > yearMax) return null;
  // Second 60 is a leap second; it is read as the first instant of the next minute.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const offset = offsetMinutes(match[8]);
  if (offset === null) return null;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1_000);
  const at = midnight.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds;
  return at >= 0 ? at : null;
}

function offsetMinutes(text: string | undefined): number | null {
  if (text === undefined || text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 23 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
