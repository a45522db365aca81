import { closestWord } from '../words/closest-word.ts';
import { read, refused, type Reading } from './query-problem.ts';
import { readSingle, type SingleRule } from './query-single.ts';
import { readQueryString } from './query-string.ts';

/** The formats of data that is a list: one JSON document, a table, or a line of JSON for each item. */
export const answerFormats = ['json', 'csv', 'ndjson'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** Parameters that say how an answer is written; they choose nothing and are no part of what a cursor is bound to. */
export const shapeParameterNames = ['format', 'fields'] as const;

/** How an answer is wanted; null: not asked. `fields` are in the order asked, each once. */
export interface AnswerShape<Field extends string> {
  readonly format: AnswerFormat | null;
  readonly fields: readonly Field[] | null;
}

/**
 * Reads `format` and `fields` from a raw query string; other parameters are left alone. A format or field that does not
 * exist, an empty list and a parameter given twice are refused with what is allowed.
 */
export function readAnswerShape<Field extends string>(
  search: string,
  fieldNames: readonly Field[],
): Reading<AnswerShape<Field>> {
  const parameters = readQueryString(search);
  if (!parameters.ok) return parameters;
  const format = readSingle(parameters.value, 'format', formatRule);
  if (!format.ok) return format;
  const texts = readSingle(parameters.value, 'fields', listRule);
  if (!texts.ok) return texts;
  const fields = texts.value === null ? read(null) : readFields(texts.value, fieldNames);
  return fields.ok ? read({ format: format.value, fields: fields.value }) : fields;
}

/** The shape as query text in canonical order, without `?`; empty for the default. The order of fields has a meaning and stays. */
export function canonicalShape({ format, fields }: AnswerShape<string>): string {
  const pairs = [
    format === null || format === 'json' ? null : `format=${format}`,
    fields === null ? null : `fields=${fields.join(',')}`,
  ];
  return pairs.filter((pair) => pair !== null).join('&');
}

const formatRule: SingleRule<AnswerFormat> = {
  read: (text) => answerFormats.find((format) => format === text) ?? null,
  allowed: answerFormats,
};

const listRule: SingleRule<readonly string[]> = {
  read: (text) => (text === '' ? null : text.split(',').map((name) => name.trim())),
  allowed: 'names of fields with commas between',
};

function readFields<Field extends string>(
  texts: readonly string[],
  names: readonly Field[],
): Reading<readonly Field[]> {
  const fields = new Set<Field>();
  for (const text of texts) {
    const field = names.find((name) => name === text);
    if (field === undefined) {
      return refused({
        parameter: 'fields',
        value: text,
        detail: 'Expected `fields` to name known fields, got another name',
        allowed: names,
        didYouMean: closestWord(text, names),
      });
    }
    fields.add(field);
  }
  return read([...fields]);
}
