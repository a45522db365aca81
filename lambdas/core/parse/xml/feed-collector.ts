import type { ParseProblems } from '../parse-problems.ts';
import { type Attributes, attributesMax, noAttributes, readAttributes } from './attributes.ts';
import { type CollectedFeed, Draft, type RefusedFeed } from './drafts.ts';
import { decodeEntities } from './entities.ts';
import { emptyElements, entryNames, type FieldSpec, feedSpec, itemFields } from './field-names.ts';
import { keepLeaf } from './field-values.ts';
import { entriesMax } from '../newest-entries.ts';
import { aboutAddress, Bases, refusalOf, rootFormat } from './feed-root.ts';
import { type Frame, Frames } from './frames.ts';
import { Leaf } from './leaf.ts';
import { endsLeaf, surplusEntry } from './leaf-end.ts';
import { canonicalName, outermostScope, scopeWithin } from './namespaces.ts';
import { type ScanSink, type StartTag, scanXml } from './scanner.ts';
import { noteTombstone, tombstoneElement } from './tombstones.ts';

// Tags that are looked at before the entries are full: 500 entries of 800 elements each.
const tagsMax = 400_000;

// An entry that was never closed holds its successors; after so many the end tags are evidently left out.
const openEntriesMax = 4;

// Elements in front of the feed: a few of an error message, but not a whole page.
const strayTagsMax = 2_000;

/** Where in a document the collecting begins: at its start, or at an entry that another collector passed over. */
export interface CollectorStart {
  readonly from: number;
  readonly frame: Frame;
  readonly format: CollectedFeed['format'];
  readonly entities: ReadonlyMap<string, string>;
}

/**
 * Collects the feed and its first `entriesMax` entries from XML text; the places of further ones are kept for another
 * collector. Repairs and drops are noted in `problems`. Linear, never throws.
 */
export class FeedCollector implements ScanSink {
  readonly #text: string;
  readonly #from: number;
  readonly #surplus: number[] = [];
  #surplusFrame: Frame | null = null;
  #ended = false;
  readonly #documentBase: string | null;
  readonly #problems: ParseProblems;
  readonly #bases: Bases;
  readonly #frames = new Frames();
  readonly #feed = new Draft();
  readonly #entries: Draft[] = [];
  #entities: ReadonlyMap<string, string> = new Map();
  #format: CollectedFeed['format'] | null = null;
  #otherRoot: string | null = null;
  #leaf: Leaf | null = null;
  #tags = 0;
  #refused: RefusedFeed | null = null;

  constructor(text: string, documentBase: string | null, problems: ParseProblems, start?: CollectorStart) {
    this.#text = text;
    this.#documentBase = documentBase;
    this.#problems = problems;
    this.#bases = new Bases(problems);
    this.#from = start?.from ?? 0;
    if (start === undefined) return;
    this.#format = start.format;
    this.#entities = start.entities;
    this.#frames.push(start.frame);
  }

  collect(): CollectedFeed | RefusedFeed {
    const { cut, stray } = scanXml(this.#text, this, this.#from);
    if (stray) this.#problems.add('stray-markup', 'Read a `<` that begins no tag as text.');
    if (this.#refused !== null) return this.#refused;
    if (this.#format === null)
      return refusalOf(this.#otherRoot, { text: this.#text, base: this.#documentBase });
    this.#finishDocument(cut);
    return { format: this.#format, feed: this.#feed, entries: this.#entries, rejected: this.#surplus.length };
  }

  /** Where the last `count` of the entries begin that were passed over; null when none was. */
  surplusStart(count: number): CollectorStart | null {
    const from = this.#surplus[Math.max(0, this.#surplus.length - count)];
    if (from === undefined || this.#surplusFrame === null || this.#format === null) return null;
    return { from, frame: this.#surplusFrame, format: this.#format, entities: this.#entities };
  }

  text(from: number, to: number): void {
    if (this.#leaf?.spec == null) return;
    this.#leaf.addText(decodeEntities(this.#text.slice(from, to), { own: this.#entities }));
  }

  cdata(from: number, to: number): void {
    if (this.#leaf?.spec != null) this.#leaf.addText(this.#text.slice(from, to));
  }

  doctype(entities: ReadonlyMap<string, string>): void {
    if (this.#format === null && this.#entities.size === 0) this.#entities = entities;
  }

  open(tag: StartTag): boolean {
    const full = this.#entries.length >= entriesMax;
    this.#tags += full ? 0 : 1;
    if (this.#tags > tagsMax) return this.#refuse('too-large', `Expected at most ${tagsMax} tags, got more.`);
    if (full && entryNames.has(tag.name) && this.#isBetweenEntries()) return this.#openSurplus(tag);
    if (this.#leaf === null) return this.#openStructural(tag);
    if (!endsLeaf(this.#leaf, tag, this.#frames.top())) {
      if (!tag.selfClosing && this.#frames.has(tag.name)) this.#leaf.openNamesake(tag.name);
      if (this.#leaf.openChild(tag)) return true;
      return this.#refuse(
        'too-deep',
        `Expected elements nested less deep, gave up at character ${tag.from}.`,
      );
    }
    this.#closeLeaf(tag.from, false);
    return this.#openStructural(tag);
  }

  close(name: string, from: number): boolean {
    const leaf = this.#leaf;
    if (leaf !== null) {
      if (leaf.name === name || !this.#frames.has(name) || leaf.closeNamesake(name)) {
        if (leaf.closeChild(name)) this.#closeLeaf(from, false);
        return true;
      }
      this.#problems.add(
        'unclosed-element',
        `Expected an end tag for ${leaf.canonical}.`,
        this.#entryIndex(),
      );
      this.#closeLeaf(from, false);
    }
    return !this.#frames.has(name) || this.#closeFrames(name);
  }

  #openStructural(tag: StartTag): boolean {
    const frame = this.#frames.top();
    const attributes = this.#attributesOf(tag);
    const outerBase = frame === undefined ? this.#documentBase : frame.base;
    const outer = frame?.scope ?? outermostScope;
    const scope = scopeWithin(outer, attributes, frame === undefined);
    const name = canonicalName(tag.name, scope);
    const inner = {
      name: tag.name,
      scope,
      base: this.#bases.within(outerBase, attributes),
      entry: -1,
    };
    if (frame === undefined) return this.#openRoot(tag, name, { ...inner, kind: 'feed' }, attributes);
    if (entryNames.has(name)) return this.#openEntry(tag, { ...inner, kind: 'entry' }, attributes);
    if (emptyElements.has(name)) return true;
    if (frame.kind === 'entry') {
      return this.#openLeaf(tag, {
        canonical: name,
        spec: itemFields.get(name) ?? null,
        attributes,
        base: inner.base,
      });
    }
    if (name === tombstoneElement) noteTombstone(this.#feed, attributes);
    if (name === 'channel') return tag.selfClosing || this.#push({ ...inner, kind: 'feed' });
    const spec = feedSpec(name, frame.kind === 'feed');
    if (spec !== undefined)
      return this.#openLeaf(tag, { canonical: name, spec, attributes, base: inner.base });
    return tag.selfClosing || this.#push({ ...inner, kind: 'container' });
  }

  #openRoot(tag: StartTag, name: string, frame: Frame, attributes: Attributes): boolean {
    const format = rootFormat(name, attributes);
    if (format === null) {
      this.#otherRoot ??= tag.name;
      return this.#tags < strayTagsMax;
    }
    if (this.#ended) this.#problems.add('second-feed', 'Read a second feed behind the first one.');
    else if (this.#otherRoot !== null || /^[^<]*[^<\s]/.test(this.#text.slice(0, tag.from))) {
      this.#problems.add('junk-before-feed', 'Expected the feed at the start of the document.');
    }
    this.#format ??= format;
    const language = attributes.get('xml:lang') ?? '';
    this.#feed.add({ field: 'language', rank: 2, value: language, base: null });
    if (name === 'entry') return this.#openEntry(tag, { ...frame, kind: 'entry' }, attributes);
    return tag.selfClosing || this.#push(frame);
  }

  #openEntry(tag: StartTag, frame: Frame, attributes: Attributes): boolean {
    if (this.#frames.openEntries() >= openEntriesMax) this.#frames.pop();
    if (this.#entries.length >= entriesMax) return this.#openSurplus(tag);
    const draft = new Draft();
    const entry = this.#entries.push(draft) - 1;
    draft.add({ field: 'id', rank: 2, value: aboutAddress(attributes), base: null });
    return tag.selfClosing || this.#push({ ...frame, entry });
  }

  /** Of entries beyond the cap the place is noted and the inside passed over; there may be hundreds of thousands. */
  #openSurplus(tag: StartTag): boolean {
    this.#surplus.push(tag.from);
    this.#surplusFrame ??= this.#frames.outsideEntries();
    this.#leaf = null;
    return this.#openLeaf(tag, { canonical: surplusEntry, spec: null, attributes: noAttributes, base: null });
  }

  #isBetweenEntries(): boolean {
    return this.#leaf === null
      ? (this.#frames.top()?.kind ?? 'entry') !== 'entry'
      : this.#leaf.canonical === surplusEntry;
  }

  #openLeaf(
    tag: StartTag,
    init: { canonical: string; spec: FieldSpec | null; attributes: Attributes; base: string | null },
  ): boolean {
    // An ignored element that is empty leaves nothing; a field may be filled by its attributes alone.
    if (init.spec === null && tag.selfClosing) return true;
    this.#leaf = new Leaf({ tag, ...init });
    if (tag.selfClosing) this.#closeLeaf(tag.end, false);
    return true;
  }

  #closeLeaf(to: number, cut: boolean): void {
    const leaf = this.#leaf;
    this.#leaf = null;
    if (leaf === null || leaf.spec === null) return;
    // Half an address, date or name is wrong; half a text is better than none.
    if (cut && leaf.spec.kind !== 'text') return;
    const content = leaf.content();
    const frame = this.#frames.top();
    const draft = (frame === undefined ? undefined : this.#entries[frame.entry]) ?? this.#feed;
    const markup = content.hasMarkup && leaf.spec.kind === 'text' ? this.#text.slice(leaf.from, to) : null;
    const kept = keepLeaf(draft, leaf, { content, markup, spec: leaf.spec, isAtom: this.#format === 'atom' });
    if (!kept)
      this.#problems.add('too-many-values', 'Dropped further values of an entry.', this.#entryIndex());
  }

  #closeFrames(name: string): boolean {
    for (;;) {
      const frame = this.#frames.pop();
      if (frame === undefined) return true;
      const isNamed = frame.name === name;
      if (!isNamed && frame.kind === 'entry') this.#noteUnclosed(frame.entry);
      if (isNamed && frame.kind === 'entry') this.#dropNested(frame.entry);
      if (isNamed) return this.#closedFrame();
    }
  }

  /** Behind the end of a feed another one may follow: some servers send two documents as one. */
  #closedFrame(): boolean {
    this.#ended ||= this.#frames.top() === undefined;
    return true;
  }

  /** Entries inside an entry that is properly closed are not entries of the feed. */
  #dropNested(entry: number): void {
    if (this.#entries.length <= entry + 1) return;
    this.#entries.length = entry + 1;
    this.#problems.add('nested-entry', 'Ignored entries inside an entry.', entry);
  }

  #noteUnclosed(entry: number): void {
    this.#problems.add('unclosed-entry', 'Expected an end tag for the entry.', entry);
  }

  #finishDocument(cut: boolean): void {
    const unfinished = this.#frames.top() !== undefined;
    const entry = this.#entryIndex();
    if (this.#leaf !== null) this.#closeLeaf(this.#text.length, true);
    if (unfinished && entry !== undefined) {
      this.#problems.add('truncated', 'The document ends inside this entry.', entry);
    } else if (unfinished || (cut && !this.#ended)) {
      this.#problems.add('truncated', 'The document ends before its end tag.');
    }
  }

  #refuse(code: RefusedFeed['code'], message: string): boolean {
    this.#refused = { code, message };
    return false;
  }

  #push(frame: Frame): boolean {
    return this.#frames.push(frame) || this.#refuse('too-deep', 'Expected elements nested at most 256 deep.');
  }

  #entryIndex(): number | undefined {
    const entry = this.#frames.top()?.entry ?? -1;
    return entry < 0 ? undefined : entry;
  }

  #attributesOf(tag: StartTag): Attributes {
    const to = tag.selfClosing ? tag.end - 2 : tag.end - 1;
    if (to <= tag.nameEnd) return noAttributes;
    const attributes = readAttributes(this.#text.slice(tag.nameEnd, to), this.#entities);
    if (attributes.size >= attributesMax) {
      this.#problems.add('too-many-attributes', `Kept ${attributesMax} attributes of a tag, dropped more.`);
    }
    return attributes;
  }
}
