import { decodeEntities } from './entities.ts';

/** Where the text goes on after a DOCTYPE, and the general entities that its internal subset declares. */
export interface Doctype {
  readonly end: number;
  readonly entities: ReadonlyMap<string, string>;
}

// An entity of a feed stands for a character or a phrase. What is longer or more is an attack on memory.
const valueCharactersMax = 200;
const entitiesMax = 100;

const entityDeclaration = /<!ENTITY\s+([A-Za-z_][\w.-]{0,39})\s+(?:"([^"]{0,200})"|'([^']{0,200})')\s*>/g;

/**
 * Reads the DOCTYPE at `from` (its `<`). Nothing outside is ever fetched, parameter entities are ignored, and a
 * declared value is text: references to other entities in it are not followed, so nothing can grow.
 * An unclosed internal subset ends with the first `>`. Linear, never throws. Source: XML 1.0 §2.8, §4.2.
 */
export function readDoctype(text: string, from: number): Doctype {
  const none = new Map<string, string>();
  const greater = text.indexOf('>', from);
  if (greater < 0) return { end: text.length, entities: none };
  const bracket = text.indexOf('[', from);
  if (bracket < 0 || bracket > greater) return { end: greater + 1, entities: none };
  const close = /\]\s{0,100}>/g;
  close.lastIndex = bracket;
  const closing = close.exec(text);
  if (closing === null) return { end: greater + 1, entities: none };
  return { end: close.lastIndex, entities: declaredEntities(text.slice(bracket + 1, closing.index)) };
}

function declaredEntities(subset: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of subset.matchAll(entityDeclaration)) {
    if (entities.size >= entitiesMax) break;
    const value = double ?? single ?? '';
    // The first declaration of a name binds (XML 1.0 §4.2).
    if (value.length <= valueCharactersMax && !entities.has(name)) entities.set(name, decodeEntities(value));
  }
  return entities;
}
