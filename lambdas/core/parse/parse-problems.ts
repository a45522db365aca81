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

  /** The problems so far, in the order they were found. */
  list(): readonly ParseProblem[] {
    return [...this.#problems];
  }
}
