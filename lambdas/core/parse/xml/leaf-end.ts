import { entryNames, itemFields } from './field-names.ts';
import type { Frame } from './frames.ts';
import type { Leaf } from './leaf.ts';
import { canonicalName, outermostScope } from './namespaces.ts';
import type { StartTag } from './scanner.ts';

/** The name under which an entry beyond the cap is passed over as one leaf. */
export const surplusEntry = 'surplus entry';

/**
 * True when a tag shows that the end tag of the leaf before it is missing: the next entry begins inside a field of the
 * feed, or the next field inside a short value (`<category>x<title>`).
 */
export function endsLeaf(leaf: Leaf, tag: StartTag, frame: Frame | undefined): boolean {
  const name = canonicalName(tag.name, frame?.scope ?? outermostScope);
  const isSurplusEntry = leaf.canonical === surplusEntry;
  if (frame?.kind !== 'entry' || isSurplusEntry) return entryNames.has(name);
  if (leaf.spec === null || leaf.spec.kind === 'text' || leaf.spec.kind === 'source') return false;
  return itemFields.has(name) || entryNames.has(name);
}
