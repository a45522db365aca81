import { monthNumber } from './month-names.ts';
import { zoneOffsetMinutes } from './time-zones.ts';

// The longest date seen in a real feed has 43 characters; megabytes of digits are an attack.
const dateCharactersMax = 100;

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * ISO 8601 UTC time (with milliseconds) of a date as feeds write it, null when it is none: RFC 822 and its common
 * variants (two-digit years, full or foreign month names, any order of day and month name, missing seconds or zone),
 * ISO 8601 and W3CDTF (also week and ordinal dates), asctime, and Unix seconds or milliseconds. A time without a zone
 * is UTC. Impossible dates (32 January) and years outside 1900 to 2999 are null; other far ones are not judged here. Linear, never throws.
 * Source: RFC 5322 §3.3 and §4.3, ISO 8601, W3C NOTE-datetime; variants measured on captured feeds.
 */
export function feedDate(text: string): string | null {
  if (text.length > 2 * dateCharactersMax && text.trim().length > dateCharactersMax) return null;
  const date = text.trim().replace(eastAsianDate, '$1-$2-$3 ').trim();
  if (date === '' || date.length > dateCharactersMax) return null;
  return (
    mailDate(date) ??
    isoDate(date) ??
    ordinalDate(date) ??
    weekDate(date) ??
    namedDate(date) ??
    numericDate(date) ??
    unixTime(date)
  );
}

/** The form that nearly every RSS feed has, read without trying the others. */
const mailPattern =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}|GMT|UTC)$/;
const mailMonths = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function mailDate(date: string): string | null {
  const match = mailPattern.exec(date);
  const monthAt = match === null ? -1 : mailMonths.indexOf(match[2] ?? '');
  if (match === null || monthAt < 0 || monthAt % 3 !== 0) return null;
  const [, day, , year, hour, minute, second, zone = ''] = match;
  const parts = { year: Number(year), month: monthAt / 3 + 1, day: Number(day) };
  return assemble(parts, { hour, minute, second, zone });
}

const timePattern = String.raw`(?:[T\s,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d{1,9})?)?\s?([ap]\.?m\.?)?\s*(.*))?`;
// `2024年1月2日`, `2024년 1월 2일`.
const eastAsianDate = /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]\s?/;
const loosePattern = new RegExp(String.raw`^([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})${timePattern}$`, 'i');
const isoPattern = new RegExp(
  String.raw`^([12]\d{3})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2})${timePattern})?)?$`,
  'i',
);
const isoCompact = /^(\d{4})(\d{2})(\d{2})T(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d{1,9})?(.*)$/i;

function isoDate(date: string): string | null {
  const match = isoCompact.exec(date);
  if (match !== null) {
    const [, year, month, day, hour, minute, second, zone = ''] = match;
    return assemble(numbers(year, month, day), { hour, minute, second, zone });
  }
  const [found, year, month = '01', day = '01', hour, minute, second, half, zone = ''] =
    isoPattern.exec(date) ?? loosePattern.exec(date) ?? [];
  if (found === undefined) return null;
  return assemble(numbers(year, month, day), { hour, minute, second, half, zone });
}

function ordinalDate(date: string): string | null {
  const match = /^(\d{4})-?(\d{3})$/.exec(date);
  if (match === null) return null;
  const dayOfYear = Number(match[2]);
  if (dayOfYear < 1 || dayOfYear > 366) return null;
  const time = Date.UTC(Number(match[1]), 0, dayOfYear);
  return new Date(time).getUTCFullYear() === Number(match[1]) ? new Date(time).toISOString() : null;
}

function weekDate(date: string): string | null {
  const match = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/i.exec(date);
  if (match === null || Number(match[2]) < 1 || Number(match[2]) > 53) return null;
  // Week 1 is the week of 4 January (ISO 8601 §5.2.3); its Monday is the day that all others are counted from.
  const fourth = new Date(Date.UTC(Number(match[1]), 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  const days = (Number(match[2]) - 1) * 7 + Number(match[3] ?? '1') - 1;
  return new Date(monday + days * 86_400_000).toISOString();
}

// A month in words next to a day and a year, the time before or after them, whatever stands in front and between.
const clockPattern = /(?:^|[\sT,])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d{1,9})?)?\s?([ap]\.?m\b\.?)?/i;
const zonePattern =
  /(?:^|\s)(?:(?:GMT|UTC|UT)\s?)?[+-]\d{1,2}:?(?:\d{2})?(?=$|\s|\()|\b(?:[A-Z]{1,5}|Etc\/[A-Z]{3})\b/g;

function namedDate(date: string): string | null {
  const clock = clockPattern.exec(date);
  const before = clock === null ? date : date.slice(0, clock.index);
  const after = clock === null ? '' : date.slice(clock.index + clock[0].length);
  const words = `${before} ${withoutZone(after)}`.split(/[\s,/]+|(?<=\d)-(?=\p{L})|(?<=[\p{L}.])-(?=\d)/u);
  const parts = datePartsOf(words.filter((word) => word !== ''));
  if (parts === null) return null;
  const zone = zoneIn(after.toUpperCase()) ?? '';
  return assemble(parts, {
    hour: clock?.[1],
    minute: clock?.[2],
    second: clock?.[3],
    half: clock?.[4],
    zone,
  });
}

function withoutZone(text: string): string {
  return text.replace(zonePattern, ' ');
}

function zoneIn(text: string): string | undefined {
  return text.match(zonePattern)?.[0]?.trim();
}

function datePartsOf(words: readonly string[]): DateParts | null {
  // The last one: `mar.` in front is Tuesday in half of Europe.
  const at = words.findLastIndex((word) => monthNumber(word) !== null);
  if (at < 0) return null;
  const month = monthNumber(words[at] ?? '') ?? 0;
  const rest = words
    .filter((_, index) => index !== at)
    .map((word) => /^(\d{1,4})(?:st|nd|rd|th|er|º|\.|г\.?)?$/iu.exec(word)?.[1]);
  const found = rest.filter((digits) => digits !== undefined);
  const [first, second] = found;
  if (first === undefined || second === undefined || found.length > 2) return null;
  return first.length === 4
    ? { year: Number(first), month, day: Number(second) }
    : { year: fullYear(second), month, day: Number(first) };
}

/** Two-digit years count from 1950 to 2049 (RFC 5322 §4.3). */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year + (digits.length === 3 || year >= 50 ? 1_900 : 2_000);
}

/** `13/01/2024 10:00`: read only when it is plain which number is the day. */
function numericDate(date: string): string | null {
  const pattern = new RegExp(
    String.raw`^(?:\p{L}+,?\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${timePattern}$`,
    'iu',
  );
  const [found, first = '', second = '', year, hour, minute, secondOfMinute, half, zone = ''] =
    pattern.exec(date) ?? [];
  if (found === undefined) return null;
  const time = { hour, minute, second: secondOfMinute, half, zone };
  if (Number(first) > 12 || first === second) return assemble(numbers(year, second, first), time);
  return Number(second) > 12 ? assemble(numbers(year, first, second), time) : null;
}

/** Ten digits are seconds, thirteen are milliseconds: from September 2001 to the year 2286. */
function unixTime(date: string): string | null {
  if (!/^[1-9]\d{9}(?:\d{3})?(?:\.\d{1,6})?$/.test(date)) return null;
  const value = Number(date);
  return new Date(value < 1e11 ? Math.floor(value) * 1_000 : Math.floor(value)).toISOString();
}

function numbers(year = '', month = '', day = ''): DateParts {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

interface TimeText {
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly half?: string | undefined;
  readonly zone: string;
}

function assemble(date: DateParts, time: TimeText): string | null {
  const offset = zoneOffsetMinutes(time.zone);
  const hour = hourOf(Number(time.hour ?? 0), time.half);
  const minute = Number(time.minute ?? 0);
  // A leap second is the last one of its minute for us.
  const second = Math.min(Number(time.second ?? 0), 60) === 60 ? 59 : Number(time.second ?? 0);
  const inRange = hour <= 24 && minute <= 59 && second <= 59 && (hour < 24 || minute + second === 0);
  if (offset === null || !inRange || date.month < 1 || date.month > 12 || date.day < 1) return null;
  if (date.year < 1_900 || date.year > 2_999) return null;
  const midnight = new Date(Date.UTC(date.year, date.month - 1, date.day));
  if (midnight.getUTCDate() !== date.day) return null;
  const minutes = hour * 60 + minute - offset;
  return new Date(midnight.getTime() + minutes * 60_000 + second * 1_000).toISOString();
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  const afternoon = /^p/i.test(half);
  if (hour > 12) return hour;
  return (hour % 12) + (afternoon ? 12 : 0);
}
