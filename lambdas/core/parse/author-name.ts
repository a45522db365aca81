// An address that stands on its own, with the brackets around it; not one inside a web address or a handle.
const address =
  /(?<=^|[\s(<["',;])[(<[]?(?:mailto:)?[^\s()<>[\]"',;:/@]{1,64}@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*(?=$|[\s)>\]"',;])[)>\]]?/giu;

/**
 * Name of an author as feeds write it: `ann@ex.org (Ann Lee)`, `Ann Lee <ann@ex.org>`, `Ann Lee (ann@ex.org)` and
 * `Ann Lee ann@ex.org` give `Ann Lee`, several of them `Ann Lee, Bob Ray`; where nothing but addresses is there, they
 * stay. '' when nothing is there. Never throws. Source: RSS 2.0 `author`, RFC 5322 §3.4; variants as in feedparser.
 */
export function authorName(text: string): string {
  const trimmed = text.trim();
  // Addresses are short: what is longer is no author, and the patterns below stay cheap.
  if (trimmed.length > 500 || !trimmed.includes('@')) return trimmed;
  const rest = trimmed.replace(address, ' ');
  if (rest === trimmed) return trimmed;
  const name = unbracketed(rest.replace(/[(<[]\s*[)>\]]/g, ' '))
    .replace(/\s+(?=[\s,;])/g, '')
    .replace(/^[\s,;:|/–—-]+|[\s,;:|/–—-]+$/gu, '')
    .replace(/^(["'])(.*)\1$/u, '$2')
    .trim();
  return /[\p{L}\d]/u.test(name) ? name : trimmed.replace(/^mailto:/i, '');
}

/** Names in brackets, as RSS writes them behind an address; brackets behind a name belong to it. */
function unbracketed(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('(')) return trimmed;
  const flat = /\([^()]*\(/.test(trimmed) ? trimmed.replace(/^\((.*)\)$/u, '$1') : trimmed;
  return flat === trimmed ? trimmed.replace(/\(([^()]*)\)/g, '$1') : flat;
}
