import { read, refused, type Reading } from './query-problem.ts';

/**
 * Bounds of one query, so that reading it costs next to nothing whatever is sent. A list of all NATO members as
 * countries is 95 characters; the widest query of the documentation has eight parameters.
 */
export const queryLimits = { lengthMax: 4_000, parametersMax: 32, valueLengthMax: 1_000 } as const;

/** One `name=value` pair, decoded. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * The pairs of a raw query string (with or without its `?`), decoded strictly: broken percent-encoding, bytes that are
 * not UTF-8 and control characters are refused instead of being repaired, so no two readers of the same address can
 * disagree on its meaning. Names are compared as strings by the caller and never used as keys of an object.
 * Source: WHATWG URL §5.1 for `&`, `=` and `+`; RFC 3986 §2.1 for the rest.
 */
export function readQueryString(search: string): Reading<readonly Parameter[]> {
  const text = search.startsWith('?') ? search.slice(1) : search;
  if (text.length > queryLimits.lengthMax) {
    return refused({
      detail: `Expected a query of at most ${queryLimits.lengthMax} characters, got ${text.length}`,
    });
  }
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > queryLimits.parametersMax) {
    return refused({
      detail: `Expected at most ${queryLimits.parametersMax} parameters, got ${pairs.length}`,
    });
  }
  const parameters: Parameter[] = [];
  for (const pair of pairs) {
    const parameter = readPair(pair);
    if (!parameter.ok) return parameter;
    parameters.push(parameter.value);
  }
  return read(parameters);
}

function readPair(pair: string): Reading<Parameter> {
  const at = pair.indexOf('=');
  const name = decoded(at === -1 ? pair : pair.slice(0, at));
  if (name === null) {
    return refused({ value: pair, detail: 'Expected parameter names to be percent-encoded UTF-8 text' });
  }
  const value = decoded(at === -1 ? '' : pair.slice(at + 1));
  if (value === null) {
    return refused({
      parameter: name,
      value: pair.slice(at + 1),
      detail: `Expected the value of \`${shortName(name)}\` to be percent-encoded UTF-8 text`,
      allowed: 'percent-encoded UTF-8 without control characters',
    });
  }
  if (value.length > queryLimits.valueLengthMax) {
    return refused({
      parameter: name,
      value,
      detail: `Expected the value of \`${shortName(name)}\` to have at most ${queryLimits.valueLengthMax} characters, got ${value.length}`,
    });
  }
  return read({ name, value });
}

/** A parameter's name as it may be repeated in a message. */
export const shortName = (name: string): string => name.slice(0, 40);

/** Decoded text, or null when it is malformed or holds control characters. */
function decoded(text: string): string | null {
  try {
    const value = decodeURIComponent(text.replaceAll('+', ' '));
    return /\p{Cc}/u.test(value) ? null : value;
  } catch {
    return null;
  }
}
