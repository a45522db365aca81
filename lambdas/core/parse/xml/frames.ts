import type { NamespaceScope } from './namespaces.ts';

/** An open element that gives the document its structure. `entry` is the position of the entry it is, or -1. */
export interface Frame {
  readonly name: string;
  readonly kind: 'feed' | 'container' | 'entry';
  readonly scope: NamespaceScope;
  readonly base: string | null;
  readonly entry: number;
}

/** Open structural elements a document may have at once. Source: hostile documents; real feeds have at most 6. */
const framesMax = 256;

/** The open structural elements, innermost last, with the question "is one of this name open?" in constant time. */
export class Frames {
  readonly #frames: Frame[] = [];
  readonly #open = new Map<string, number>();

  /** False when the nesting is beyond the bound; nothing is added then. */
  push(frame: Frame): boolean {
    if (this.#frames.length >= framesMax) return false;
    this.#frames.push(frame);
    this.#open.set(frame.name, (this.#open.get(frame.name) ?? 0) + 1);
    return true;
  }

  pop(): Frame | undefined {
    const frame = this.#frames.pop();
    if (frame !== undefined) this.#open.set(frame.name, (this.#open.get(frame.name) ?? 1) - 1);
    return frame;
  }

  top(): Frame | undefined {
    return this.#frames[this.#frames.length - 1];
  }

  /** The innermost element that is no entry. */
  outsideEntries(): Frame | null {
    return this.#frames.findLast(({ kind }) => kind !== 'entry') ?? null;
  }

  has(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  /** Entries open inside one another at this moment. */
  openEntries(): number {
    return this.#frames.reduce((count, frame) => count + (frame.kind === 'entry' ? 1 : 0), 0);
  }
}
