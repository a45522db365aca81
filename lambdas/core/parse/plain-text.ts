import {
  blockElements,
  cellElements,
  hiddenElements,
  hidesElement,
  isHtmlElement,
  voidElements,
} from './html-elements.ts';
import { decodeEntities, withoutControls } from './xml/entities.ts';
import { NextIndex } from './xml/next-index.ts';
import { TagEnds } from './xml/tag-end.ts';

// A single plain space stays as it is: matching each of them would cost more than all the rest.
const spaceRuns = /(?:[^\S\n ]| (?=[^\S\n]))[^\S\n]*/g;

/**
 * Text with its white space folded: runs become one space, lines are trimmed, empty lines go, paragraphs are parted by
 * one newline. Control characters and lone surrogates are taken out. Idempotent, linear, never throws.
 */
export function foldLines(text: string): string {
  // Whole runs at once: empty lines go anyway, and replacing a megabyte one by one is slow.
  const lines = text.replace(/[\r\u2028\u2029]+/g, '\n');
  const folded = withoutControls(lines).replace(spaceRuns, ' ');
  return folded.includes('\n') ? folded.replace(/ ?\n[\n ]*/g, '\n').trim() : folded.trim();
}

/** The same on one line: for titles, names and labels. Idempotent, linear, never throws. */
export function foldLine(text: string): string {
  return withoutControls(text)
    .replace(/(?:[^\S ]| (?=\s))\s*/g, ' ')
    .trim();
}

/**
 * What a reader sees of an HTML fragment: tags and hidden elements are gone, entities are characters, paragraphs and
 * other blocks are parted by newlines. Tags need not be balanced; a `<` that begins no tag is text. HTML that was
 * escaped twice is read twice. The result is text, to be escaped wherever it is put; linear, never throws.
 */
export function textFromHtml(html: string): string {
  const once = new HtmlReader(unwrapped(html)).read();
  // Only a text without any markup of its own can have been escaped twice; else its tags are quoted on purpose.
  if (once.hadTags || !looksLikeHtml(once.text)) return foldLines(once.text);
  return foldLines(new HtmlReader(once.text).read().text);
}

/** HTML that is one CDATA section from end to end was put into one twice; a section inside HTML is text that it quotes. */
function unwrapped(html: string): string {
  const section = html.includes('<![CDATA[') ? html.trim() : '';
  const isWhole = section.startsWith('<![CDATA[') && section.indexOf(']]>') === section.length - 3;
  return isWhole ? section.slice(9, -3) : html;
}

/**
 * True when a text that calls itself plain holds HTML: an end tag or a void tag of HTML, or a reference to a
 * character. Source: feedparser `looks_like_html`.
 */
export function looksLikeHtml(text: string): boolean {
  for (const [, name = ''] of text.matchAll(/<\/([a-zA-Z][a-zA-Z0-9]{0,10})\s{0,10}>/g)) {
    if (isHtmlElement(name.toLowerCase())) return true;
  }
  return (
    /<(?:br|hr|img|p)(?:\s[^<>]{0,1000})?\/?>/i.test(text) ||
    /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/i.test(text)
  );
}

const tagName = /[A-Za-z][A-Za-z0-9:._-]{0,63}/y;

class HtmlReader {
  readonly #html: string;
  readonly #tagEnds: TagEnds;
  readonly #greater: NextIndex;
  readonly #less: NextIndex;
  #text = '';
  readonly #hiddenEnds = new Map<string, NextIndex>();
  readonly #unclosed = new Set<string>();
  #lower: string | null = null;
  #at = 0;
  #hadTags = false;

  constructor(html: string) {
    this.#html = html;
    this.#tagEnds = new TagEnds(html);
    this.#greater = new NextIndex(html, '>');
    this.#less = new NextIndex(html, '<');
  }

  read(): { readonly text: string; readonly hadTags: boolean } {
    let textFrom = 0;
    for (;;) {
      const less = this.#html.indexOf('<', this.#at);
      if (less < 0) break;
      const replacement = this.#markup(less);
      if (replacement === null) {
        this.#at = less + 1;
        continue;
      }
      this.#hadTags = true;
      if (less > textFrom) this.#text += this.#decoded(textFrom, less);
      this.#text += replacement;
      textFrom = this.#at;
    }
    this.#text += this.#decoded(textFrom, this.#html.length);
    return { text: this.#text, hadTags: this.#hadTags };
  }

  #decoded(from: number, to: number): string {
    const text = decodeEntities(this.#html.slice(from, to), { withoutSemicolon: true });
    // Between tags a line end is a space like any other; a text without tags has only its line ends to part it.
    return this.#hadTags ? text.replace(/[\r\n]+/g, ' ') : text;
  }

  /** Moves behind the markup at `less` and gives what stands for it; null when there is none. */
  #markup(less: number): string | null {
    const code = this.#html.charCodeAt(less + 1);
    if (code === 0x21) return this.#declaration(less);
    if (code === 0x3f) return this.#skipTo(this.#greater.at(less), 1, less);
    const from = code === 0x2f ? less + 2 : less + 1;
    tagName.lastIndex = from;
    const name = tagName.exec(this.#html)?.[0].toLowerCase();
    if (name === undefined) return null;
    const nameEnd = from + name.length;
    if (!/[\s/>]/.test(this.#html[nameEnd] ?? ' ')) return null;
    const end = this.#tagEnds.at(nameEnd);
    const local = name.slice(name.indexOf(':') + 1);
    if (end < 0) return this.#unended(less, local);
    this.#at = end + 1;
    if (code !== 0x2f && hiddenElements.has(name)) this.#skipHidden(name);
    else if (code !== 0x2f && hidesElement(this.#html.slice(nameEnd, end))) this.#skipUnseen(name);
    return blockElements.has(local) ? '\n' : cellElements.has(local) ? ' ' : '';
  }

  /** A tag cut off by the end of the text, or by the next tag: gone when it is HTML, else it was text. */
  #unended(less: number, name: string): string | null {
    if (!isHtmlElement(name)) return null;
    const next = this.#less.at(less + 1);
    this.#at = next < 0 ? this.#html.length : next;
    return '';
  }

  #declaration(less: number): string | null {
    if (this.#html.startsWith('<![CDATA[', less)) {
      const end = this.#closing(']]>').at(less);
      const to = end < 0 ? this.#html.length : end;
      this.#at = Math.min(to + 3, this.#html.length);
      return this.#html.slice(less + 9, to);
    }
    if (this.#html.startsWith('<!--', less)) {
      const end = this.#closing('-->').at(less + 2);
      if (end >= 0) return this.#skipTo(end, 3, less);
    }
    return this.#skipTo(this.#greater.at(less), 1, less);
  }

  #skipTo(end: number, length: number, less: number): string | null {
    if (end < 0 && less + 2 < this.#html.length && !/[-\w?[]/.test(this.#html[less + 2] ?? '')) return null;
    this.#at = end < 0 ? this.#html.length : end + length;
    return '';
  }

  /** Skips the inside of an element such as `script`; left open, it hides nothing but its own tag. */
  #skipHidden(name: string): void {
    this.#lower ??= asciiLower(this.#html);
    const end = this.#closing(`</${name}`, this.#lower).at(this.#at);
    if (end < 0) return;
    const greater = this.#greater.at(end);
    this.#at = greater < 0 ? this.#html.length : greater + 1;
  }

  /**
   * Skips an element that says it is not to be seen, with the ones of its name inside. One that is never closed hides only
   * its own tag, and no other of that name is tried then, so that the whole stays linear.
   */
  #skipUnseen(name: string): void {
    if (!isHtmlElement(name) || voidElements.has(name) || this.#unclosed.has(name)) return;
    this.#lower ??= asciiLower(this.#html);
    const opens = this.#closing(`<${name}`, this.#lower);
    const closes = this.#closing(`</${name}`, this.#lower);
    let depth = 1;
    let at = this.#at;
    while (depth > 0) {
      const close = closes.at(at);
      if (close < 0) {
        this.#unclosed.add(name);
        return;
      }
      const open = opens.at(at);
      const isOpen = open >= 0 && open < close;
      at = isOpen ? open + name.length + 1 : close + name.length + 2;
      // `<pre` also begins with `<p`.
      if (/[\s/>]/.test(this.#lower[at] ?? '>')) depth += isOpen ? 1 : -1;
    }
    const greater = this.#greater.at(at);
    this.#at = greater < 0 ? this.#html.length : greater + 1;
  }

  #closing(needle: string, text = this.#html): NextIndex {
    const known = this.#hiddenEnds.get(needle);
    if (known !== undefined) return known;
    const finder = new NextIndex(text, needle);
    this.#hiddenEnds.set(needle, finder);
    return finder;
  }
}

/** Lower case that keeps every place: `İ` and a few others would otherwise grow. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
