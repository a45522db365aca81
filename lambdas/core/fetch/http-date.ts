const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clockPart = '(?<hour>\\d{1,2}):(?<minute>\\d{2}):(?<second>\\d{2})';
const zonePart = '(?:\\s+(?:GMT|UTC|UT|Z|(?<offset>[+-]\\d{4})))?';

/** `Sun, 06 Nov 1994 08:49:37 GMT` and RFC 850's `Sunday, 06-Nov-94 08:49:37 GMT`; the weekday says nothing new. */
const dayFirst = new RegExp(
  `^(?:[a-z]+,?\\s+)?(?<day>\\d{1,2})[\\s-](?<month>[a-z]{3})[a-z]*[\\s-](?<year>\\d{4}|\\d{2})\\s+${clockPart}${zonePart}$`,
  'i',
);
/** asctime: `Sun Nov  6 08:49:37 1994`. */
const monthFirst = new RegExp(
  `^[a-z]+\\s+(?<month>[a-z]{3})\\s+(?<day>\\d{1,2})\\s+${clockPart}\\s+(?<year>\\d{4})$`,
  'i',
);

/** No HTTP date is longer; a longer header is not worth matching. */
const dateLengthMax = 64;

/**
 * Reads an HTTP date in the three forms of RFC 9110 §5.6.7, and with a numeric zone, which servers also send, as epoch
 * milliseconds. Two-digit years are 1970 to 2069. Anything else, or a date the calendar lacks, gives null.
 */
export function parseHttpDate(text: string): number | null {
  if (text.length > dateLengthMax) return null;
  const groups = (dayFirst.exec(text.trim()) ?? monthFirst.exec(text.trim()))?.groups;
  if (groups === undefined) return null;
  const month = months.indexOf((groups.month ?? '').toLowerCase());
  const year = fullYear(groups.year ?? '');
  const [day = 0, hour = 0, minute = 0, second = 0] = ['day', 'hour', 'minute', 'second'].map((name) =>
    Number(groups[name]),
  );
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const midnight = Date.UTC(year, month, day);
  // Date.UTC moves 31 February into March, and reads years below 100 as 19xx.
  const date = new Date(midnight);
  if (date.getUTCDate() !== day || date.getUTCFullYear() !== year) return null;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 - offsetMs(groups.offset);
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
