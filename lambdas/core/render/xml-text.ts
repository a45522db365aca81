/** Characters outside XML 1.0's Char production, and surrogates that stand alone. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Text without the characters that no XML 1.0 document can hold and without lone surrogates, which no UTF-8 text can.
 * All formats serve this same text, so an item reads the same in each. Source: XML 1.0 §2.2, RFC 8259 §8.2.
 */
export const wellFormedText = (text: string): string => text.replaceAll(forbidden, '');

/** Well-formed text on one line: runs of white space are single spaces, none at the ends. For titles and names. */
export const singleLine = (text: string): string => wellFormedText(text).replaceAll(/\s+/gu, ' ').trim();

/**
 * Text as XML character data or as an attribute value in double quotes. Markup characters become hexadecimal references,
 * which the RSS Best Practices Profile asks for because readers that undo entities twice leave them alone; a carriage
 * return too, because a parser would turn it into a line feed. Source: XML 1.0 §2.4 and §2.11, RSS Profile "title".
 */
export const xmlText = (text: string): string =>
  wellFormedText(text).replaceAll(/[&<>"'\r]/g, (character) => references.get(character) ?? '');

const references: ReadonlyMap<string, string> = new Map([
  ['&', '&#x26;'],
  ['<', '&#x3C;'],
  ['>', '&#x3E;'],
  ['"', '&#x22;'],
  ["'", '&#x27;'],
  ['\r', '&#xD;'],
]);

/** Plain text as HTML text: what RSS expects in `description`. Source: RSS 2.0, "entity-encoded HTML". */
export const htmlText = (text: string): string =>
  wellFormedText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One element on its own line; attribute values and text are escaped, null attributes left out, null text means empty. */
export function xmlElement(
  name: string,
  text: string | null,
  attributes: Readonly<Record<string, string | null>> = {},
): string {
  return text === null
    ? `<${name}${attributeList(attributes)}/>\n`
    : `<${name}${attributeList(attributes)}>${xmlText(text)}</${name}>\n`;
}

function attributeList(attributes: Readonly<Record<string, string | null>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${xmlText(singleLine(value))}"`))
    .join('');
}
