import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../../lambdas/core/openapi/openapi-document.ts';
import { docsPage } from '../../../../lambdas/core/render/docs-page.ts';
import { tree } from '../../../support/serve-fixture.ts';

const document = openApiDocument({ tree, publicUrl: 'https://wire.example', version: '1.2.3' });
const page = docsPage(document);
const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);

describe('docsPage', () => {
  it('shows every operation, parameter and schema of the document', () => {
    for (const [path, { get }] of Object.entries(document.paths)) {
      expect(page).toContain(`<code>GET ${path}</code>`);
      expect(ids).toContain(get.operationId);
    }
    for (const name of Object.keys(document.components.parameters))
      expect(page).toContain(`<dt><code>${name}</code></dt>`);
    for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
  });

  it('has ids that are unique and links within it that lead somewhere', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has an example to try and to copy for every example of the document', () => {
    for (const { get } of Object.values(document.paths)) {
      for (const { path } of get['x-examples']) {
        const shown = path.replaceAll('&', '&#38;');
        expect(page).toContain(`href="${shown}"`);
        expect(page).toContain(`curl --compressed 'https://wire.example${shown}'`);
      }
    }
  });

  it('closes every element in order', () => {
    const open: string[] = [];
    const plain = page.replace(/<style>[\s\S]*?<\/style>/, '');
    for (const [, slash, name = ''] of plain.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (['meta', 'link', 'br'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('escapes what a taxonomy and an address are made of', () => {
    const hostile = docsPage(
      openApiDocument({
        tree: { version: 1, domains: [{ slug: '<script>"', label: 'x', topics: [] }] },
        publicUrl: 'https://wire.example/"><script>',
        version: '<b>',
      }),
    );
    expect(hostile).not.toMatch(/<script|<b>/);
  });
});
