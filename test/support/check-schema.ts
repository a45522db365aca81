import type { JsonSchema } from '../../lambdas/core/openapi/json-schema.ts';

/** The schemas that references name. */
export type Schemas = Readonly<Record<string, JsonSchema>>;

/**
 * Everything in which a value is not as the schema says, as `place: expected …`. Knows the keywords of JsonSchema and
 * throws on any other, so that no rule goes unchecked. Unlike a validator it complains of properties that nobody describes.
 */
export function schemaProblems(value: unknown, schema: JsonSchema, schemas: Schemas, place = '$'): string[] {
  for (const keyword of Object.keys(schema))
    if (!keywords.has(keyword)) throw new Error(`Expected a known keyword at ${place}, got ${keyword}`);
  const problems: string[] = [];
  const expect = (holds: boolean, expected: string) => {
    if (!holds) problems.push(`${place}: expected ${expected}, got ${JSON.stringify(value)?.slice(0, 120)}`);
  };
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const target = schemas[name];
    if (target === undefined) throw new Error(`Expected a schema named ${name} at ${place}, got none`);
    problems.push(...schemaProblems(value, target, schemas, place));
  }
  if (schema.anyOf !== undefined) {
    const branches = schema.anyOf.map((branch) => schemaProblems(value, branch, schemas, place));
    const best = branches.toSorted((a, b) => a.length - b.length)[0] ?? [];
    if (!branches.some((branch) => branch.length === 0)) problems.push(...best);
  }
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types !== undefined)
    expect(
      types.some((type) => isOfType(value, type)),
      types.join(' or '),
    );
  if (schema.enum !== undefined)
    expect(
      schema.enum.some((member) => member === value),
      `one of ${schema.enum.join(', ')}`,
    );
  if (typeof value === 'string') checkText(value, schema, expect);
  if (typeof value === 'number') {
    expect(value >= (schema.minimum ?? value), `at least ${schema.minimum}`);
    expect(value <= (schema.maximum ?? value), `at most ${schema.maximum}`);
  }
  if (Array.isArray(value)) {
    expect(value.length >= (schema.minItems ?? 0), `at least ${schema.minItems} items`);
    expect(value.length <= (schema.maxItems ?? value.length), `at most ${schema.maxItems} items`);
    const { items } = schema;
    if (items !== undefined)
      for (const [at, item] of value.entries())
        problems.push(...schemaProblems(item, items, schemas, `${place}[${at}]`));
  } else if (typeof value === 'object' && value !== null) {
    problems.push(...objectProblems(value, schema, schemas, place));
  }
  return problems;
}

const keywords = new Set(
  '$ref type description enum format pattern minimum maximum minItems maxItems maxLength minProperties items properties propertyNames required additionalProperties anyOf default examples'.split(
    ' ',
  ),
);

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
};

function checkText(
  value: string,
  { format, pattern, maxLength }: JsonSchema,
  expect: (holds: boolean, expected: string) => void,
): void {
  if (format !== undefined) expect(formats[format]?.(value) === true, `a ${format}`);
  if (pattern !== undefined) expect(new RegExp(pattern, 'u').test(value), `a text like ${pattern}`);
  if (maxLength !== undefined) expect([...value].length <= maxLength, `at most ${maxLength} characters`);
}

function objectProblems(value: object, schema: JsonSchema, schemas: Schemas, place: string): string[] {
  const { properties, required = [], propertyNames, additionalProperties, minProperties = 0 } = schema;
  const entries = Object.entries(value);
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const problems = missing.map((name) => `${place}: expected ${name}, got none`);
  if (entries.length < minProperties) problems.push(`${place}: expected ${minProperties} properties or more`);
  for (const [name, item] of entries) {
    const at = `${place}.${name}`;
    const described =
      properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (propertyNames !== undefined) problems.push(...schemaProblems(name, propertyNames, schemas, at));
    if (described !== undefined) problems.push(...schemaProblems(item, described, schemas, at));
    else if (typeof additionalProperties === 'object')
      problems.push(...schemaProblems(item, additionalProperties, schemas, at));
    else if (properties !== undefined && additionalProperties !== true)
      problems.push(`${at}: expected to be described, got a property that is not`);
  }
  return problems;
}
