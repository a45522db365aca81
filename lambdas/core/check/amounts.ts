const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A length of time as one number and one unit: `5 min`, `3 h`, `2 d`, `4 mo`, `2 y`. Milliseconds, not negative. */
export function durationWords(milliseconds: number): string {
  const units = [
    ['y', 365 * dayMs],
    ['mo', 30 * dayMs],
    ['d', 2 * dayMs],
    ['h', hourMs],
  ] as const;
  for (const [unit, least] of units) {
    const length = unit === 'd' ? dayMs : least;
    if (milliseconds >= least) return `${Math.floor(milliseconds / length)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(milliseconds / 60_000))} min`;
}

/** A number of bytes in at most three figures: `812 B`, `3.1 kB`, `12 kB`, `4.2 MB` (1 kB is 1,000 bytes). */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** How often stories come, from the gap between two of them: `3 a day`, `2 a week`, `1 a month`, `2 a year`, `< 1 a year`. */
export function paceWords(gapMs: number): string {
  const periods = [
    ['an hour', hourMs, dayMs / 24],
    ['a day', dayMs, 1.5 * dayMs],
    ['a week', 7 * dayMs, 10.5 * dayMs],
    ['a month', 30.4 * dayMs, 45 * dayMs],
    ['a year', 365 * dayMs, 550 * dayMs],
  ] as const;
  for (const [words, period, gapMax] of periods) {
    if (gapMs <= gapMax) return `${Math.min(999, Math.round(period / Math.max(gapMs, 1)))} ${words}`;
  }
  return '< 1 a year';
}
