import type { Token } from './tokens.ts';
import { patternTokensMax } from './phrase.ts';

/** A phrase found: the concept it means and the tokens it covers, `to` exclusive. */
export interface Match {
  readonly concept: number;
  readonly from: number;
  readonly to: number;
}

export type Matcher = (tokens: readonly Token[]) => Match[];

/** A pattern not yet sorted into children: its keys, where in them the next key begins, and its concept. */
type Pending = readonly [keys: string, at: number, concept: number];

/** A place in the trie. Children are made when a text first comes by, so that a cold start sorts first keys only. */
interface Node {
  pending: Pending[];
  readonly children: Map<string, Node>;
  readonly concepts: number[];
}

/**
 * Makes a matcher of all patterns. It walks one trie from every token, at most ten tokens deep, so its time is
 * linear in the text whatever the text holds. All matches are given, in order of `from`; choosing is the caller's.
 */
export function createMatcher(patterns: readonly (readonly [keys: string, concept: number])[]): Matcher {
  const root = emptyNode();
  root.pending = patterns.map(([keys, concept]) => [keys, 0, concept] as const);
  return (tokens) => {
    const matches: Match[] = [];
    for (let from = 0; from < tokens.length; from += 1) {
      // Inside a word such as `M1A10` no other name begins.
      if (tokens[from]?.glue !== 'none') walk({ node: root, at: from, from, tokens, matches });
    }
    return matches;
  };
}

interface Step {
  readonly node: Node;
  readonly at: number;
  readonly from: number;
  readonly tokens: readonly Token[];
  readonly matches: Match[];
}

function walk({ node, at, from, tokens, matches }: Step): void {
  const token = tokens[at];
  if (token === undefined || at >= from + patternTokensMax || (at > from && token.glue === 'break')) return;
  if (node.pending.length > 0) sortPending(node);
  for (const key of token.keys) {
    const child = node.children.get(key);
    if (child === undefined) continue;
    if (child.concepts.length > 0 && endsWord(tokens, at))
      for (const concept of child.concepts) matches.push({ concept, from, to: at + 1 });
    if (child.pending.length > 0 || child.children.size > 0)
      walk({ node: child, at: at + 1, from, tokens, matches });
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
    if (space >= 0) child.pending.push([keys, space + 1, concept]);
    else if (!child.concepts.includes(concept)) child.concepts.push(concept);
  }
  node.pending = [];
}

function emptyNode(): Node {
  return { pending: [], children: new Map(), concepts: [] };
}
