/**
 * Name of an author as feeds write it: `ann@ex.org (Ann Lee)` and `Ann Lee <ann@ex.org>` give `Ann Lee`; a bare
 * address stays. '' when nothing is there. Linear, never throws. Source: RSS 2.0 `author`, RFC 5322 §3.4.
 */
export function authorName(text: string): string {
  const trimmed = text.trim();
  // Addresses are short: what is longer is no author, and the patterns below stay cheap.
  if (trimmed.length > 500 || !trimmed.includes('@')) return trimmed;
  const inBrackets = /^(?:mailto:)?[^\s()<>]+@[^\s()<>]+\s*\((.+)\)$/i.exec(trimmed)?.[1]?.trim();
  const inFront = /^"?([^"<>]+?)"?\s*<(?:mailto:)?[^\s<>]+@[^\s<>]+>$/i.exec(trimmed)?.[1]?.trim();
  return inBrackets || inFront || trimmed.replace(/^mailto:/i, '');
}
