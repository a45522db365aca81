import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataDirectory } from '../../../../bin/compile-data.ts';
import { readGazetteer } from '../../../../lambdas/core/tag/gazetteer.ts';
import { countryCodes } from '../../../../lambdas/core/words/country-codes.ts';

const file = (fileName: string) => ({
  fileName,
  text: readFileSync(path.join(dataDirectory, 'gazetteer', fileName), 'utf8'),
});
const reading = readGazetteer(
  {
    'countries.yaml': file('countries.yaml'),
    'organisations.yaml': file('organisations.yaml'),
    'systems.yaml': file('systems.yaml'),
    'people.yaml': file('people.yaml'),
    'operations.yaml': file('operations.yaml'),
  },
  undefined,
);
const gazetteer = reading.ok ? reading.gazetteer : null;
const kinds = ['organisations', 'people', 'operations'] as const;
const key = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[-\s]+/g, ' ');

describe('the gazetteer', () => {
  test('can be read', () => {
    expect(reading.ok ? [] : reading.problems).toEqual([]);
  });

  test.each(kinds)('leads no spelling to two %s', (kind) => {
    const owners = new Map<string, string>();
    const shared = (gazetteer?.[kind] ?? []).flatMap(({ name, aliases = [] }) =>
      [...new Set([name, ...aliases].map(key))].flatMap((spelling) => {
        const other = owners.get(spelling);
        owners.set(spelling, name);
        return other === undefined ? [] : [`${spelling}: ${other}, ${name}`];
      }),
    );
    expect(shared).toEqual([]);
  });

  test('leads no word to two countries', () => {
    const owners = new Map<string, string>();
    const shared = (gazetteer?.countries ?? []).flatMap((country) => {
      const { code, name, aliases = [], adjectives = [], capital, places = [] } = country;
      const words = [name, ...aliases, ...adjectives, ...places, ...(capital === undefined ? [] : [capital])];
      return [...new Set(words.map(key))].flatMap((word) => {
        const other = owners.get(word);
        owners.set(word, code);
        return other === undefined ? [] : [`${word}: ${other}, ${code}`];
      });
    });
    expect(shared).toEqual([]);
  });

  test('has every country once', () => {
    const codes = (gazetteer?.countries ?? []).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...countryCodes].filter((code) => !codes.includes(code))).toEqual([]);
  });

  test('knows the bodies, people and operations of the news', () => {
    expect(gazetteer?.organisations.length).toBeGreaterThanOrEqual(550);
    expect(gazetteer?.people.length).toBeGreaterThanOrEqual(330);
    expect(gazetteer?.operations.length).toBeGreaterThanOrEqual(170);
  });

  test('implies operations only by names it has', () => {
    const names = new Set([
      ...(gazetteer?.countries ?? []).map(({ code }) => code),
      ...kinds.flatMap((kind) => (gazetteer?.[kind] ?? []).map(({ name }) => name)),
    ]);
    const unknown = (gazetteer?.operations ?? []).flatMap(({ implied = [] }) =>
      implied.flat().filter((name) => !names.has(name)),
    );
    expect(unknown).toEqual([]);
  });

  test('calls a service of one country by one name', () => {
    const names = (gazetteer?.services ?? []).flatMap(({ names: own = {}, label }) =>
      Object.entries(own).map(([code, name]) => `${label} ${code} ${name}`),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(80);
  });
});
