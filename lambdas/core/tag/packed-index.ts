/** A key of several parts joined by spaces, and the number it stands for. */
export type IndexEntry = readonly [key: string, value: number];

/** What follows a first part: the other parts joined by spaces (empty when there are none), and the number. */
export interface Continuation {
  readonly rest: string;
  readonly value: number;
}

/**
 * Entries as text that is quick to load: a line for each first part, behind it `rest:value` of each entry that begins
 * with it. Parts hold no white space and no colon.
 */
export function packIndex(entries: readonly IndexEntry[]): string {
  const lines = new Map<string, string[]>();
  for (const [key, value] of entries) {
    const space = key.indexOf(' ');
    const first = space < 0 ? key : key.slice(0, space);
    const list = lines.get(first) ?? [];
    list.push(`${space < 0 ? '' : key.slice(space + 1)}:${value}`);
    lines.set(first, list);
  }
  return [...lines].map(([first, list]) => `${first}\t${list.join('\t')}`).join('\n');
}

/** The lines of a packed index by first part; they are taken apart when asked for, so that a cold start pays for few. */
export class PackedIndex {
  readonly #lines = new Map<string, string>();

  constructor(packed: string) {
    for (const line of packed === '' ? [] : packed.split('\n')) {
      const tab = line.indexOf('\t');
      this.#lines.set(line.slice(0, tab), line.slice(tab + 1));
    }
  }

  /** What may follow this first part; null when no entry begins with it. */
  after(first: string): readonly Continuation[] | null {
    const line = this.#lines.get(first);
    if (line === undefined) return null;
    return line.split('\t').map((entry) => {
      const colon = entry.lastIndexOf(':');
      return { rest: entry.slice(0, colon), value: Number(entry.slice(colon + 1)) };
    });
  }
}
