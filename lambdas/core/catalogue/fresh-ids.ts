/** Ids of a catalogue have at most 64 characters; this much leaves room for a number behind. */
const stemLengthMax = 57;

/** Gives out ids that are not taken. */
export class FreshIds {
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The wanted id, or if that is taken the wanted id with the first free number from 2; it is taken from then on. */
  take(wanted: string): string {
    const stem = wanted.slice(0, stemLengthMax);
    let id = wanted;
    let count = this.#counts.get(stem) ?? 2;
    while (this.#taken.has(id)) {
      id = `${stem}-${count}`;
      count += 1;
    }
    // A thousand feeds of one title would otherwise count from 2 a thousand times.
    if (id !== wanted) this.#counts.set(stem, count);
    this.#taken.add(id);
    return id;
  }
}

/** Lower-case ASCII words joined by hyphens, at most 48 characters; '' when the text has none. */
export function slug(text: string): string {
  const plain = text.slice(0, 400).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 48)
    .replace(/-$/, '');
}
