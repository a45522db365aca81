/** The media type of a line of JSON for each item; always UTF-8. Source: the NDJSON specification, §3.3. */
export const ndjsonMediaType = 'application/x-ndjson';

/**
 * Each value on a line of its own that ends with a line feed; nothing for no values. What some readers take for the end of
 * a line (U+0085, U+2028, U+2029) is written as an escape, which changes no value. Source: the NDJSON specification; RFC 8259 §7.
 */
export const ndjsonText = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value).replaceAll(/[\u0085\u2028\u2029]/g, escaped)}\n`).join('');

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
