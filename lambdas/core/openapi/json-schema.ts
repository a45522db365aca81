type TypeName = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null';

/** As much of JSON Schema as the document uses. Source: JSON Schema 2020-12, which OpenAPI 3.1 §4.8.24 takes over. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly description?: string;
  readonly enum?: readonly (string | number | null)[];
  readonly format?: 'date-time' | 'date' | 'uri';
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly minProperties?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly default?: string | number;
  readonly examples?: readonly (string | number)[];
}

/** A text. */
export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});

/** An instant as every answer writes it. */
export const instant = (description: string): JsonSchema => text(description, { format: 'date-time' });

/** A whole number, not below 0 unless said. */
export const count = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  description,
  ...more,
});

/** A list of one kind of thing. */
export const listOf = (items: JsonSchema, description: string): JsonSchema => ({
  type: 'array',
  items,
  description,
});

/** The schema of that name among the components. */
export const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** What may be null besides. */
export const nullable = (schema: JsonSchema): JsonSchema =>
  typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };

/** An object with these properties, all of them always there but the `optional`. More may come with a later version. */
export const objectOf = (
  properties: Readonly<Record<string, JsonSchema>>,
  description: string,
  optional: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  description,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
