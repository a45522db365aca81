import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  compileData,
  DataError,
  dataDirectory,
  loadClusterWeights,
  loadData,
  runCompileData,
} from '../../bin/compile-data.ts';

function scratch() {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-data-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync(dataDirectory, path.join(directory, 'data'), { recursive: true });
  return { data: path.join(directory, 'data'), output: path.join(directory, 'out', 'deep') };
}

test('writes what loadData gives, as JSON files', () => {
  const { data, output } = scratch();
  const { catalogue, rules, tree } = loadData(data);
  compileData(data, output);
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(output, name), 'utf8'));
  expect(read('catalogue.json')).toEqual(catalogue);
  expect(read('taxonomy.json')).toEqual(rules);
  expect(read('topics.json')).toEqual(tree);
  expect(read('clusters.json')).toEqual(loadClusterWeights(data));
  expect(rules.version).toBe(tree.version);
});

test('fails with the problems of all files and writes nothing', () => {
  const { data, output } = scratch();
  writeFileSync(path.join(data, 'feeds.yaml'), 'feeds: []\n');
  writeFileSync(path.join(data, 'gazetteer', 'people.yaml'), 'people: [{}]\n');
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => error.mockRestore());
  expect(runCompileData([output, data])).toBe(1);
  const said = error.mock.calls.flat().join('\n');
  expect(said).toMatch(/feeds\.yaml:1 sources: expected a list, got nothing/);
  expect(said).toMatch(/people\.yaml:1 people\.0\.name: expected text, got nothing/);
  expect(existsSync(output)).toBe(false);
});

test('names files that cannot be read', () => {
  const { data } = scratch();
  rmSync(path.join(data, 'topics.yaml'));
  expect(() => loadData(data)).toThrow(DataError);
  expect(() => loadData(data)).toThrow(/topics\.yaml:1 file: expected a readable file/);
});

test('names cluster weights that are of another shape, and takes its own where a folder has none', () => {
  const { data } = scratch();
  const file = path.join(data, 'cluster-weights.json');
  writeFileSync(file, '{"version":0}');
  expect(() => loadClusterWeights(data)).toThrow(
    /cluster-weights\.json:1 version, .*expected cluster weights/,
  );
  rmSync(file);
  expect(loadClusterWeights(data)).toEqual(loadClusterWeights(dataDirectory));
});

test('takes another catalogue, OPML included', () => {
  const { data } = scratch();
  const list = path.join(data, 'list.opml');
  writeFileSync(list, '<opml><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>');
  expect(loadData(data, list).catalogue.feeds.map(({ id }) => id)).toEqual(['a']);
});

test('wrong usage is 2', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => error.mockRestore());
  expect([runCompileData([]), runCompileData(['--help']), runCompileData(['a', 'b', 'c'])]).toEqual([
    2, 2, 2,
  ]);
});
