import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../../lambdas/core/openapi/json-schema.ts';
import { openApiDocument } from '../../../../lambdas/core/openapi/openapi-document.ts';
import { filterTermsMax } from '../../../../lambdas/core/query/query-filters.ts';
import { limitMax } from '../../../../lambdas/core/query/query-single.ts';
import { queryLimits } from '../../../../lambdas/core/query/query-string.ts';
import { wordQueryLimits } from '../../../../lambdas/core/query/word-query.ts';
import { storyFieldNames } from '../../../../lambdas/core/render/fields.ts';
import { tree } from '../../../support/serve-fixture.ts';

const document = openApiDocument({ tree, publicUrl: 'https://wire.example', version: '1.2.3' });
const operations = Object.entries(document.paths).map(([path, { get }]) => ({ path, get }));

/** Every value of a document with its place. */
function* walk(value: unknown, place: readonly string[] = []): Generator<[readonly string[], unknown]> {
  yield [place, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries(value)) yield* walk(item, [...place, name]);
}

const references = [...walk(document)].flatMap(([place, value]) =>
  place.at(-1) === '$ref' && typeof value === 'string' ? [value] : [],
);
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === name)?.[1]
          : undefined,
      document,
    );

describe('openApiDocument', () => {
  it('is an OpenAPI 3.1 document with what one must have', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(Object.keys(document)).toEqual(['openapi', 'info', 'servers', 'tags', 'paths', 'components']);
    expect(document.info).toMatchObject({ title: 'Sitrep', version: '1.2.3' });
    expect(document.servers).toEqual([{ url: 'https://wire.example' }]);
  });

  it('survives being written as JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) expect(at(reference), reference).toBeDefined();
    const used = new Set(references);
    const components = Object.entries(document.components).flatMap(([kind, parts]) =>
      Object.keys(parts).map((name) => `#/components/${kind}/${name}`),
    );
    expect(components.filter((component) => !used.has(component))).toEqual([]);
  });

  it('gives every operation an id of its own, a known tag, a summary and a default answer', () => {
    const ids = operations.map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { path, get } of operations) {
      expect(get.tags.every((tag) => tags.includes(tag)) && get.tags.length === 1, path).toBe(true);
      expect(get.summary, path).toMatch(/^\S.*[^.]$/);
      expect(get.description, path).toMatch(/\.$/);
      expect(Object.keys(get.responses), path).toEqual(expect.arrayContaining(['200', '400', 'default']));
      expect('304' in get.responses, path).toBe(path !== '/healthz');
    }
  });

  it('says where a reader may ask for what is new alone, and what then comes with it', () => {
    const withDeltas = operations.filter(({ get }) => '226' in get.responses).map(({ path }) => path);
    expect(withDeltas).toEqual(['/feed.{format}', '/topics/{topic}.{format}']);
    expect(document.paths['/feed.{format}']?.get.responses[226]).toMatchObject({
      headers: { IM: {}, 'Delta-Base': {} },
    });
  });

  it('has a parameter for every placeholder of a path, and no other in the path', () => {
    for (const { path, get } of operations) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
      const parts = get.parameters.flatMap((parameter) => ('in' in parameter ? [parameter] : []));
      expect(parts.map(({ name }) => name).toSorted(), path).toEqual(placeholders);
      expect(
        parts.every((parameter) => parameter.in === 'path' && parameter.required),
        path,
      ).toBe(true);
    }
  });

  it('describes every schema of an object and every property that is no reference', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema.description, name).toMatch(/\S/);
      for (const [property, value] of Object.entries(schema.properties ?? {}))
        expect(value.$ref ?? value.description ?? value.anyOf, `${name}.${property}`).toBeDefined();
    }
  });

  it('requires properties that exist, and lists values of the type it says', () => {
    for (const [place, value] of walk(document.components.schemas)) {
      const schema: JsonSchema = typeof value === 'object' && value !== null ? value : {};
      if (Array.isArray(schema.required) && place.at(-1) !== 'properties')
        expect(Object.keys(schema.properties ?? {}), place.join('.')).toEqual(
          expect.arrayContaining([...schema.required]),
        );
      if (typeof schema.pattern === 'string')
        expect(() => new RegExp(schema.pattern ?? '', 'u')).not.toThrow();
    }
  });

  it('knows the topics of the taxonomy at hand and makes its examples of them', () => {
    const slugs = ['sea', 'sea.submarines', 'sea.mines', 'air', 'air.drones'];
    expect(document.components.schemas.TopicSlug?.enum).toEqual(slugs);
    const examples = operations.flatMap(({ get }) => get['x-examples'].map(({ path }) => path));
    expect(examples).toContain('/api/stories?topic=sea.submarines&country=AU');
    expect(examples.join('')).not.toMatch(/[{}]/);
  });

  it('stands on an empty taxonomy', () => {
    const empty = openApiDocument({ tree: { version: 1, domains: [] }, publicUrl: '', version: '1' });
    expect(empty.components.schemas.TopicSlug?.enum).toEqual([]);
  });
});

describe('docs/api.md', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/api.md'), 'utf8');
  const isNamed = (name: string) => page.includes(`\`${name}\``);

  it('names every address, parameter, field of a story and filter', () => {
    const parameters = Object.keys(document.components.parameters);
    const fields = Object.keys(document.components.schemas.StoryDetail?.properties ?? {});
    const missing = [...Object.keys(document.paths), ...parameters, ...fields].filter(
      (name) => !isNamed(name),
    );
    expect(missing).toEqual([]);
  });

  it('gives the columns of the table in their order', () => {
    expect(page.replaceAll('`\n`', '')).toContain(`\`${storyFieldNames.join(',')}\``);
  });

  it('gives the bounds that the code keeps', () => {
    const bounds = [
      `\`limit\` is 1 to ${limitMax}, 50 when not given`,
      `at most ${filterTermsMax} values`.replace(/^a/, 'A'),
      `At most ${wordQueryLimits.termsMax} terms and ${wordQueryLimits.lengthMax} characters`,
      `at most ${queryLimits.lengthMax.toLocaleString('en-GB')} characters, ${queryLimits.parametersMax} parameters`,
    ];
    for (const bound of bounds) expect(page).toContain(bound);
  });
});
