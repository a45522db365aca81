/**
 * Finds the next place of a needle again and again in one text. What was searched once is remembered: that nothing
 * follows a place, and that nothing lies between the place last asked for and the one found. So questions in rising
 * order cost time linear in the text, all together.
 */
export class NextIndex {
  readonly #text: string;
  readonly #needle: string;
  #askedFrom = 0;
  #found = -1;
  #noneFrom = Number.POSITIVE_INFINITY;

  constructor(text: string, needle: string) {
    this.#text = text;
    this.#needle = needle;
  }

  /** First place at or after `from`, -1 when there is none. */
  at(from: number): number {
    if (from >= this.#noneFrom) return -1;
    if (from >= this.#askedFrom && from <= this.#found) return this.#found;
    const found = this.#text.indexOf(this.#needle, from);
    if (found < 0) {
      this.#noneFrom = from;
      return -1;
    }
    this.#askedFrom = from;
    this.#found = found;
    return found;
  }
}
