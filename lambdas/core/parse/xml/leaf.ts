import { optionalEndElements, voidElements } from '../html-elements.ts';
import type { Attributes } from './attributes.ts';
import type { FieldSpec } from './field-names.ts';
import type { StartTag } from './scanner.ts';

/** What one field element holds when it ends. `name` and `email` are those of a person construct. */
export interface LeafContent {
  readonly text: string;
  readonly name: string;
  readonly email: string;
  readonly hasMarkup: boolean;
}

/** Open tags inside one field that are not closed again; more is an attack on what reads the text later. */
const nestingMax = 256;

type Part = 'text' | 'name' | 'email' | 'other';

/**
 * An open element that fills a field, or one that is ignored with all that is in it (`spec` null). It keeps the
 * character data inside and counts what is nested, so that only its own end tag ends it.
 */
export class Leaf {
  readonly name: string;
  readonly canonical: string;
  readonly spec: FieldSpec | null;
  readonly attributes: Attributes;
  readonly base: string | null;
  /** Place where the inside begins. */
  readonly from: number;
  #text = '';
  #name = '';
  #email = '';
  #part: Part = 'text';
  #inAuthor = false;
  #namesakes: Map<string, number> | null = null;
  #sameName = 0;
  #nesting = 0;
  #hasMarkup = false;

  constructor(init: {
    readonly tag: StartTag;
    readonly canonical: string;
    readonly spec: FieldSpec | null;
    readonly attributes: Attributes;
    readonly base: string | null;
  }) {
    this.name = init.tag.name;
    this.from = init.tag.end;
    this.canonical = init.canonical;
    this.spec = init.spec;
    this.attributes = init.attributes;
    this.base = init.base;
  }

  addText(text: string): void {
    if (this.spec === null) return;
    if (this.#part === 'text') this.#text += text;
    else if (this.#part === 'name') this.#name += text;
    else if (this.#part === 'email') this.#email += text;
  }

  /** Takes note of a child; false when the nesting is beyond the bound. */
  openChild(tag: StartTag): boolean {
    this.#hasMarkup = true;
    if (tag.selfClosing) return true;
    if (tag.name === this.name) this.#sameName += 1;
    const local = tag.name.slice(tag.name.indexOf(':') + 1);
    if (this.spec?.kind === 'person') this.#part = personPart(local);
    if (this.spec?.kind === 'items') this.#text += ' ';
    if (this.spec?.kind === 'source') this.#part = this.#sourcePart(local);
    if (!voidElements.has(local) && !optionalEndElements.has(local)) this.#nesting += 1;
    return this.#nesting <= nestingMax;
  }

  /** Takes note of a child that is called like an element around this one, so that its end tag is told from theirs. */
  openNamesake(name: string): void {
    this.#namesakes ??= new Map();
    this.#namesakes.set(name, (this.#namesakes.get(name) ?? 0) + 1);
  }

  /** True when a child of this name is open; it is closed by this. */
  closeNamesake(name: string): boolean {
    const open = this.#namesakes?.get(name) ?? 0;
    if (open > 0) this.#namesakes?.set(name, open - 1);
    return open > 0;
  }

  /** Takes note of an end tag; true when it is the one that ends this element. */
  closeChild(name: string): boolean {
    if (name === this.name) {
      if (this.#sameName === 0) return true;
      this.#sameName -= 1;
    }
    this.#part = 'text';
    // `<category>x</categroy>`: no other tag is open here, so it can only be the mis-spelt end tag.
    if (this.#nesting === 0 && (this.spec?.kind === 'plain' || this.spec?.kind === 'person')) return true;
    this.#nesting = Math.max(0, this.#nesting - 1);
    return false;
  }

  /** Of a source only the name of its first author counts. */
  #sourcePart(local: string): Part {
    if (local === 'author' || local === 'contributor') this.#inAuthor = local === 'author';
    return local === 'name' && this.#inAuthor && this.#name === '' ? 'name' : 'other';
  }

  content(): LeafContent {
    return {
      text: this.#text,
      name: this.#name,
      email: this.#email,
      hasMarkup: this.#hasMarkup,
    };
  }
}

function personPart(local: string): Part {
  return local === 'name' || local === 'email' ? local : 'other';
}
