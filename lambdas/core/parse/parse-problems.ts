import type { ParseProblem } from '../words/entry.ts';

// One broken template breaks every entry the same way; nobody reads the hundred and first line of that.
const problemsMax = 100;

/** Collects what was repaired or dropped in one document: the first hundred problems, each said once per entry. */
export class ParseProblems {
  readonly #problems: ParseProblem[] = [];
  readonly #said = new Set<string>();

  /** Notes a problem of the document, or of the entry at position `entry` (from 0). */
  add(code: string, message: string, entry?: number): void {
    const key = `${code} ${entry ?? ''}`;
    if (this.#problems.length >= problemsMax || this.#said.has(key)) return;
    this.#said.add(key);
    this.#problems.push(entry === undefined ? { code, message } : { code, message, entry });
  }

  /** Takes over the problems of a later part of the document, whose entries come behind `entriesBefore` others. */
  include(later: ParseProblems, entriesBefore: number): void {
    for (const { code, message, entry } of later.list()) {
      this.add(code, message, entry === undefined ? undefined : entry + entriesBefore);
    }
  }

  /** Keeps only the problems of the document and of the entries at these positions, and numbers the entries anew. */
  renumber(kept: readonly number[]): void {
    const places = new Map(kept.map((before, now) => [before, now]));
    const problems = this.list();
    this.#problems.length = 0;
    this.#said.clear();
    for (const { code, message, entry } of problems) {
      const place = entry === undefined ? undefined : places.get(entry);
      if (entry === undefined || place !== undefined) this.add(code, message, place);
    }
  }

  /** The problems so far, in the order they were found. */
  list(): readonly ParseProblem[] {
    return [...this.#problems];
  }
}
