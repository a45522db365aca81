import { byCodeUnit } from '../words/code-unit-order.ts';
import { isoTime } from '../words/time.ts';
import { factsList, factsOf, keyLength, type TallyEntry } from './tally-entry.ts';

/**
 * The stories of one day as few bytes: each text stands once in `texts` and is a number elsewhere; what is alike from one
 * story to the next (times, lives) is kept as a difference. As JSON, which deflates well in columns.
 */
export interface RolledDay {
  readonly texts: readonly string[];
  /** Milliseconds since the story before, the first since midnight. */
  readonly times: readonly number[];
  /** Keys, one after another; each is `keyLength` characters. */
  readonly keys: string;
  readonly versions: readonly number[];
  /** Seconds from `life` after the story's sort time to its end; null where it has none. */
  readonly lives: readonly (number | null)[];
  readonly life: number;
  /** One column for each place of a list of facts, texts as numbers (see `numbered`). */
  readonly facts: readonly (readonly unknown[])[];
}

const factsMax = 12;

/** Rolls up the stories of a day; the same set gives the same value in whatever order it comes. */
export function rolledDay(day: string, entries: readonly TallyEntry[]): RolledDay {
  const ordered = [...entries].sort(
    (a, b) => byCodeUnit(a.sortTime, b.sortTime) || byCodeUnit(a.key, b.key) || a.version - b.version,
  );
  const times = ordered.map(({ sortTime }) => Date.parse(sortTime));
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  const lives = ordered.map(({ expires }, at) =>
    expires === null ? null : expires - Math.floor((times[at] ?? 0) / 1_000),
  );
  const life = lives.reduce<number>((least, value) => Math.min(least, value ?? least), lives[0] ?? 0);
  const texts = new Map<string, number>();
  const lists = ordered.map((entry) => factsList(entry).map((value) => numbered(value, texts)));
  const facts = Array.from({ length: factsMax }, (_, column) => lists.map((list) => list[column] ?? -1));
  return {
    texts: [...texts.keys()],
    times: times.map((time, at) => time - (times[at - 1] ?? midnight)),
    keys: ordered.map(({ key }) => key.padStart(keyLength, '.')).join(''),
    versions: ordered.map(({ version }) => version),
    lives: lives.map((value) => (value === null ? null : value - life)),
    life,
    facts,
  };
}

/** Texts become numbers from -2 downwards, so that they are not taken for the numbers that are there already; -1 is nothing. */
function numbered(value: unknown, texts: Map<string, number>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => numbered(item, texts));
  if (typeof value !== 'string') return value;
  const known = texts.get(value);
  const index = known ?? texts.size;
  if (known === undefined) texts.set(value, index);
  return -2 - index;
}

/** The stories of a rolled day, oldest first. Throws when the value is not as `rolledDay` made it. */
export function entriesOf(day: string, rolled: RolledDay): TallyEntry[] {
  const { texts, times, keys, versions, lives, life, facts } = rolled;
  let time = Date.parse(`${day}T00:00:00.000Z`);
  return times.map((step, at) => {
    time += step;
    const left = lives[at] ?? null;
    const list = facts.map((column) => restored(column[at], texts));
    while (list.at(-1) === null) list.pop();
    const key = keys.slice(at * keyLength, (at + 1) * keyLength).replace(/^\.+/, '');
    return {
      key,
      sortTime: isoTime(time),
      version: versions[at] ?? 0,
      expires: left === null ? null : Math.floor(time / 1_000) + life + left,
      ...factsOf(list),
    };
  });
}

function restored(value: unknown, texts: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => restored(item, texts));
  if (typeof value !== 'number') return null;
  if (value === -1) return null;
  if (value >= 0) return value;
  const text = texts[-2 - value];
  if (text === undefined) throw new Error(`Expected the number of a text of the day, got ${value}`);
  return text;
}
