import type { JsonSchema } from '../openapi/json-schema.ts';
import type { DocumentOperation, OpenApiDocument } from '../openapi/openapi-document.ts';
import type { ApiParameter } from '../openapi/parameters.ts';
import { pageFrame, pageText } from './page-frame.ts';

/**
 * The description of the service as a page for people: every address with its parameters, answers and examples to try.
 * Made of the document alone; no script, nothing from another site.
 */
export function docsPage(document: OpenApiDocument): string {
  const { info, tags, paths } = document;
  const operations = Object.entries(paths).map(([path, { get }]) => ({ path, operation: get }));
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return [
      `<section aria-labelledby="${name}">`,
      `<h2 id="${name}">${pageText(name)}</h2>`,
      `<p class="quiet">${prose(description)}</p>`,
      ...own.map(({ path, operation }) => operationPart(path, operation, document)),
      '</section>',
    ].join('\n');
  });
  return pageFrame({
    title: `${info.title}: the API`,
    head: ['<link rel="service-desc" type="application/json" href="/api/openapi.json">'],
    body: [
      '<header>',
      `<h1>${pageText(info.title)}: the API</h1>`,
      ...info.description.split('\n\n').map((paragraph) => `<p>${prose(paragraph)}</p>`),
      `<p class="quiet">Version ${pageText(info.version)}. The same for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>. <a href="/">All feeds</a></p>`,
      contents(tags, operations),
      '</header>',
      '<main>',
      ...sections,
      schemasPart(document),
      '</main>',
    ],
  });
}

interface Placed {
  readonly path: string;
  readonly operation: DocumentOperation;
}

function contents(tags: OpenApiDocument['tags'], operations: readonly Placed[]): string {
  const lines = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    const links = own.map(
      ({ path, operation }) => `<a href="#${operation.operationId}"><code>${pageText(path)}</code></a>`,
    );
    return `<li>${pageText(name)}: ${links.join(', ')}</li>`;
  });
  return `<nav class="box" aria-label="Contents">\n<ul>\n${lines.join('\n')}\n<li><a href="#schemas">What the answers hold</a></li>\n</ul>\n</nav>`;
}

function operationPart(path: string, operation: DocumentOperation, document: OpenApiDocument): string {
  const { operationId, summary, description, responses } = operation;
  const parameters = operation.parameters.map((parameter) => resolvedParameter(parameter, document));
  const examples = operation['x-examples'].map(({ summary: what, path: target }) => {
    const url = `${document.servers[0]?.url ?? ''}${target}`;
    return `<li><a href="${pageText(target)}">${pageText(what)}</a><br><code>curl --compressed '${pageText(url)}'</code></li>`;
  });
  return [
    `<article id="${operationId}" aria-labelledby="${operationId}-name">`,
    `<h3 id="${operationId}-name"><code>GET ${pageText(path)}</code></h3>`,
    `<p>${pageText(summary)}. ${prose(description)}</p>`,
    parameters.length === 0
      ? '<p class="quiet">No parameters.</p>'
      : `<details><summary>${parameters.length} ${parameters.length === 1 ? 'parameter' : 'parameters'}</summary>\n<dl>\n${parameters.map(parameterPart).join('\n')}\n</dl>\n</details>`,
    `<p class="quiet">Answers: ${contentOf(operation)}. Statuses: ${Object.keys(responses)
      .filter((status) => status !== 'default')
      .join(', ')}.</p>`,
    examples.length === 0 ? '' : `<ul class="box">\n${examples.join('\n')}\n</ul>`,
    '</article>',
  ].join('\n');
}

/** References of our own document name parameters by name, see openApiDocument. */
function resolvedParameter(
  parameter: DocumentOperation['parameters'][number],
  { components }: OpenApiDocument,
): ApiParameter {
  if (!('$ref' in parameter)) return parameter;
  const name = parameter.$ref.slice(parameter.$ref.lastIndexOf('/') + 1);
  const found = components.parameters[name];
  if (found === undefined) throw new Error(`Expected a parameter named ${name} in the document, got none`);
  return found;
}

function parameterPart({ name, description, schema, example, required }: ApiParameter): string {
  const { enum: values, default: usual } =
    schema.items === undefined ? schema : { ...schema.items, ...schema };
  const shown = typeof example === 'object' ? example.join(',') : example;
  const facts = [
    required === true ? 'In the path.' : '',
    values === undefined || values.length > 12 ? '' : `One of ${values.map(String).map(code).join(', ')}.`,
    usual === undefined ? '' : `Usually ${code(String(usual))}.`,
    shown === undefined ? '' : `For example ${code(String(shown))}.`,
  ];
  const more = facts.filter((fact) => fact !== '').join(' ');
  return `<dt>${code(name)}</dt>\n<dd>${prose(description)}${more === '' ? '' : ` <span class="quiet">${more}</span>`}</dd>`;
}

function contentOf({ responses }: DocumentOperation): string {
  const answer = responses[200];
  const content = answer === undefined || '$ref' in answer ? {} : (answer.content ?? {});
  return Object.entries(content)
    .map(([type, { schema }]) => `${code(type)}${schema === undefined ? '' : ` ${schemaWords(schema)}`}`)
    .join(', ');
}

function schemasPart({ components }: OpenApiDocument): string {
  const parts = Object.entries(components.schemas).map(([name, schema]) => {
    const properties = Object.entries(schema.properties ?? {}).map(
      ([property, value]) =>
        `<dt>${code(property)} <span class="quiet">${schemaWords(value)}${isOptional(schema, property) ? ', not always there' : ''}</span></dt>\n<dd>${prose(value.description ?? '')}</dd>`,
    );
    const values = schema.enum === undefined ? '' : `<p>${schema.enum.map(String).map(code).join(' ')}</p>`;
    const list = properties.length === 0 ? '' : `<dl>\n${properties.join('\n')}\n</dl>`;
    return `<details id="schema-${name}"><summary><code>${pageText(name)}</code>: ${prose(schema.description ?? '')}</summary>\n${list}${values}\n</details>`;
  });
  return `<section aria-labelledby="schemas">\n<h2 id="schemas">What the answers hold</h2>\n${parts.join('\n')}\n</section>`;
}

const isOptional = ({ required }: JsonSchema, property: string): boolean =>
  required !== undefined && !required.includes(property);

/** A schema in a few words of HTML: `list of Story`, `text or null`. */
function schemaWords(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = pageText(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.anyOf !== undefined) return schema.anyOf.map(schemaWords).join(' or ');
  if (schema.items !== undefined) return `list of ${schemaWords(schema.items)}`;
  if (schema.enum !== undefined && schema.enum.length <= 12)
    return schema.enum.map(String).map(code).join(', ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['value']);
  return types.map((type) => (type === 'string' ? (schema.format ?? 'text') : type)).join(' or ');
}

const code = (text: string): string => `<code>${pageText(text)}</code>`;

/** Plain text with names between backticks as code. */
const prose = (text: string): string =>
  pageText(text).replaceAll(
    /&#96;([^&]*)&#96;|`([^`]*)`/g,
    (_whole, one, other) => `<code>${one ?? other}</code>`,
  );
