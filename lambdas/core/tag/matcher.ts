import { PackedIndex } from './packed-index.ts';
import { patternTokensMax } from './phrase.ts';
import type { Token } from './tokens.ts';

/** A phrase found: the concept it means and the tokens it covers, `to` exclusive. */
export interface Match {
  readonly concept: number;
  readonly from: number;
  readonly to: number;
}

export type Matcher = (tokens: readonly Token[]) => Match[];

/** A pattern not yet sorted into children: its keys, where in them the next key begins, and its concept. */
type Pending = readonly [keys: string, at: number, concept: number];

/** A place in the trie. Children are made when a text first comes by, so that a cold start sorts few keys. */
interface Node {
  pending: Pending[];
  readonly children: Map<string, Node>;
  readonly concepts: number[];
}

/**
 * Makes a matcher of patterns packed by packIndex: each is the keys of its tokens joined by spaces (see phrase.ts), with
 * the number of its concept. It walks one trie from every token, at most ten tokens deep, so its time is linear in the
 * text whatever the text holds. All matches are given, in order of `from`; choosing is the caller's.
 */
export function createMatcher(packed: string): Matcher {
  const index = new PackedIndex(packed);
  const roots = new Map<string, Node | null>();
  const rootOf = (key: string): Node | null => {
    const known = roots.get(key);
    if (known !== undefined) return known;
    const entries = index.after(key);
    if (entries === null) return null;
    const node = emptyNode();
    for (const { rest, value } of entries) addTo(node, [rest, 0, value]);
    roots.set(key, node);
    return node;
  };
  return (tokens) => {
    const matches: Match[] = [];
    for (let from = 0; from < tokens.length; from += 1) {
      const token = tokens[from];
      // Inside a word such as `M1A10` no other name begins.
      if (token === undefined || token.glue === 'none') continue;
      for (const key of token.keys) {
        const node = rootOf(key);
        if (node !== null) follow(node, { at: from, from, tokens, matches });
      }
    }
    return matches;
  };
}

interface Walk {
  readonly at: number;
  readonly from: number;
  readonly tokens: readonly Token[];
  readonly matches: Match[];
}

/** The token at `at` led to this node: gives what ends here and goes on with the next token. */
function follow(node: Node, { at, from, tokens, matches }: Walk): void {
  if (node.concepts.length > 0 && endsWord(tokens, at))
    for (const concept of node.concepts) matches.push({ concept, from, to: at + 1 });
  if (node.pending.length === 0 && node.children.size === 0) return;
  const next = tokens[at + 1];
  if (next === undefined || at + 1 >= from + patternTokensMax || next.glue === 'break') return;
  if (node.pending.length > 0) sortPending(node);
  for (const key of next.keys) {
    const child = node.children.get(key);
    if (child !== undefined) follow(child, { at: at + 1, from, tokens, matches });
  }
}

/** A match may stop before letters behind a number, the mark of a variant (`F-35A`), but not inside a word else. */
function endsWord(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next === undefined || next.glue !== 'none') return true;
  return /\d$/.test(tokens[at]?.text ?? '') && /^\p{L}{1,3}$/u.test(next.text);
}

function sortPending(node: Node): void {
  for (const [keys, at, concept] of node.pending) {
    const space = keys.indexOf(' ', at);
    const key = keys.slice(at, space < 0 ? keys.length : space);
    let child = node.children.get(key);
    if (child === undefined) {
      child = emptyNode();
      node.children.set(key, child);
    }
    addTo(child, [space < 0 ? '' : keys, space + 1, concept]);
  }
  node.pending = [];
}

/** Adds a pattern to the node its keys have led to so far; empty keys end here. */
function addTo(node: Node, [keys, at, concept]: Pending): void {
  if (keys !== '') node.pending.push([keys, at, concept]);
  else if (!node.concepts.includes(concept)) node.concepts.push(concept);
}

function emptyNode(): Node {
  return { pending: [], children: new Map(), concepts: [] };
}
