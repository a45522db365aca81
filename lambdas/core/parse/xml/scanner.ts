import { readDoctype } from './doctype.ts';
import { NextIndex } from './next-index.ts';
import { TagEnds } from './tag-end.ts';

/** A start tag in the scanned text: `name` in lower case and cut, attributes from `nameEnd` up to `end`. */
export interface StartTag {
  readonly name: string;
  readonly from: number;
  readonly nameEnd: number;
  /** Place after the closing `>`. */
  readonly end: number;
  readonly selfClosing: boolean;
}

/** What the scanner tells; places are code units of the scanned text. Returning false stops the scan. */
export interface ScanSink {
  /** Character data that still holds its entities. */
  text(from: number, to: number): void;
  /** The inside of a CDATA section; `closed` is false when the document ends in it. */
  cdata(from: number, to: number, closed: boolean): void;
  open(tag: StartTag): boolean;
  close(name: string, from: number, end: number): boolean;
  doctype(entities: ReadonlyMap<string, string>): void;
}

/** What the scan met: `cut` when the text stops inside a tag or a section, `stray` when a `<` began no markup. */
export interface ScanEnd {
  readonly cut: boolean;
  readonly stray: boolean;
}

// Longer names are no names of a feed; the cut-off name still finds its end tag, which is cut off as well.
const nameCharactersMax = 256;
const nameCharacters = new RegExp(`[\\w:.\\-\\u0080-\\uFFFF]{1,${nameCharactersMax}}`, 'y');

/**
 * Reads XML, well formed or not, in one pass that costs time linear in the text: comments, instructions and DOCTYPEs
 * are skipped, a `<` that begins no markup is text, and unclosed sections end where they do the least harm.
 * Begins at `from`, which lies between two tags. Never throws. Source: XML 1.0, with the recoveries measured on real feeds.
 */
export function scanXml(text: string, sink: ScanSink, from = 0): ScanEnd {
  return new Scanner(text, sink, from).run();
}

class Scanner {
  readonly #text: string;
  readonly #sink: ScanSink;
  readonly #tagEnds: TagEnds;
  readonly #greater: NextIndex;
  readonly #commentEnd: NextIndex;
  readonly #cdataEnd: NextIndex;
  readonly #instructionEnd: NextIndex;
  #at: number;
  #textFrom: number;
  #cut = false;
  #stray = false;
  #stopped = false;

  constructor(text: string, sink: ScanSink, from: number) {
    this.#at = from;
    this.#textFrom = from;
    this.#text = text;
    this.#sink = sink;
    this.#tagEnds = new TagEnds(text);
    this.#greater = new NextIndex(text, '>');
    this.#commentEnd = new NextIndex(text, '-->');
    this.#cdataEnd = new NextIndex(text, ']]>');
    this.#instructionEnd = new NextIndex(text, '?>');
  }

  run(): ScanEnd {
    while (!this.#stopped) {
      const less = this.#text.indexOf('<', this.#at);
      if (less < 0) break;
      if (this.#markup(less)) continue;
      this.#stray = true;
      this.#at = less + 1;
    }
    if (!this.#stopped) this.#flushText(this.#text.length);
    return { cut: this.#cut, stray: this.#stray };
  }

  /** Handles the markup at `less`; false when there is none and the `<` is text. */
  #markup(less: number): boolean {
    const code = this.#text.charCodeAt(less + 1);
    if (code === 0x2f) return this.#endTag(less);
    if (code === 0x21) return this.#declaration(less);
    if (code === 0x3f) return this.#instruction(less);
    return isNameStart(code) && this.#startTag(less);
  }

  #startTag(less: number): boolean {
    nameCharacters.lastIndex = less + 1;
    const written = nameCharacters.exec(this.#text)?.[0] ?? '';
    const nameEnd = less + 1 + written.length;
    const greater = this.#tagEnds.at(nameEnd);
    if (greater < 0) return this.#unendedTag(less);
    this.#flushText(less);
    const selfClosing = this.#text.charCodeAt(greater - 1) === 0x2f;
    this.#skipTo(greater + 1);
    const tag = { name: written.toLowerCase(), from: less, nameEnd, end: greater + 1, selfClosing };
    this.#stopped = !this.#sink.open(tag);
    return true;
  }

  /** A tag without an end is the cut of a truncated document, or text such as `a <b` when other tags follow. */
  #unendedTag(less: number): boolean {
    if (this.#greater.at(less) >= 0) return false;
    this.#flushText(less);
    this.#cut = true;
    this.#skipTo(this.#text.length);
    return true;
  }

  #endTag(less: number): boolean {
    if (!isNameStart(this.#text.charCodeAt(less + 2))) return false;
    const greater = this.#greater.at(less);
    if (greater < 0) return this.#unendedTag(less);
    nameCharacters.lastIndex = less + 2;
    const name = nameCharacters.exec(this.#text)?.[0].toLowerCase() ?? '';
    this.#flushText(less);
    // `</item <title>`: the end tag lost its `>`, so it ends before the next tag.
    const less2 = this.#text.indexOf('<', less + 1);
    const end = less2 >= 0 && less2 < greater ? less2 : greater + 1;
    this.#skipTo(end);
    this.#stopped = !this.#sink.close(name, less, end);
    return true;
  }

  #declaration(less: number): boolean {
    if (this.#text.startsWith('<!--', less)) return this.#skipSection(less, this.#commentEnd, 4, 3);
    if (this.#text.startsWith('<![CDATA[', less)) return this.#cdata(less);
    if (/^<!doctype/i.test(this.#text.slice(less, less + 9))) {
      this.#flushText(less);
      const doctype = readDoctype(this.#text, less);
      this.#sink.doctype(doctype.entities);
      this.#skipTo(doctype.end);
      return true;
    }
    return this.#skipSection(less, this.#greater, 2, 1);
  }

  #instruction(less: number): boolean {
    return this.#skipSection(less, this.#instructionEnd, 2, 2);
  }

  /** Skips a section; one that is never closed ends with the next `>`, so that it costs only itself. */
  #skipSection(less: number, ends: NextIndex, opening: number, closing: number): boolean {
    this.#flushText(less);
    const end = ends.at(less + opening);
    const greater = end < 0 ? this.#greater.at(less) : -1;
    if (end < 0) this.#cut = true;
    this.#skipTo(end >= 0 ? end + closing : greater >= 0 ? greater + 1 : this.#text.length);
    return true;
  }

  #cdata(less: number): boolean {
    this.#flushText(less);
    const from = less + 9;
    const end = this.#cdataEnd.at(from);
    const to = end < 0 ? this.#text.length : end;
    this.#sink.cdata(from, to, end >= 0);
    this.#cut ||= end < 0;
    this.#skipTo(end < 0 ? to : end + 3);
    return true;
  }

  #flushText(to: number): void {
    if (to > this.#textFrom) this.#sink.text(this.#textFrom, to);
  }

  #skipTo(end: number): void {
    this.#at = end;
    this.#textFrom = end;
  }
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code > 0x7f;
}
