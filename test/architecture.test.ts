import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './support/source-files.ts';

const files = sourceFiles('bin', 'lib', 'lambdas');
const hops = ['schedule', 'poll', 'ingest', 'serve', 'retag'] as const;
const isIn = (folder: string) => (file: SourceFile) => file.path.startsWith(`${folder}/`);

/** Imports of these files that no pattern allows, as `file imports what`. */
function strays(of: readonly SourceFile[], allowed: readonly RegExp[]): string[] {
  return of.flatMap((file) =>
    file.imports
      .filter((name) => !allowed.some((pattern) => pattern.test(name)))
      .map((name) => `${file.path} imports ${name}`),
  );
}

/** Lines of these files that use something they must not, as `file: line`. */
function uses(of: readonly SourceFile[], pattern: RegExp): string[] {
  return of.flatMap((file) =>
    file.text
      .split('\n')
      .filter((line) => pattern.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line))
      .map((line) => `${file.path}: ${line.trim()}`),
  );
}

describe('who may import what', () => {
  it('core imports core and pure packages only', () => {
    const pure = [/^lambdas\/core\//, /^node:(crypto|buffer)$/, /^zod\/mini$/, /^rss-parser$/, /^yaml$/];
    expect(strays(files.filter(isIn('lambdas/core')), pure)).toEqual([]);
  });

  it('core touches no clock, chance, process or console', () => {
    const impure =
      /\bDate\.now\b|new Date\(\)|Math\.random|\bprocess\.|\bconsole\.|\bset(Timeout|Interval|Immediate)\b|\bfetch\(|randomUUID|randomBytes/;
    expect(uses(files.filter(isIn('lambdas/core')), impure)).toEqual([]);
  });

  it('the ports name types of core and nothing else', () => {
    expect(
      strays(
        files.filter((file) => file.path === 'lambdas/ports.ts'),
        [/^lambdas\/core\//],
      ),
    ).toEqual([]);
    expect(
      strays(
        files.filter((file) => file.path === 'lambdas/environment.ts'),
        [/^zod\/mini$/],
      ),
    ).toEqual([]);
  });

  for (const hop of hops) {
    it(`${hop} is built from core and ports, without other hops or live adapters`, () => {
      const own = files.filter(isIn(`lambdas/${hop}`)).filter((file) => !file.path.endsWith('/index.ts'));
      const allowed = [
        /^lambdas\/core\//,
        /^lambdas\/ports\.ts$/,
        /^lambdas\/adapters\/aws\/sqs-handler\.ts$/,
        /^node:crypto$/,
        /^aws-lambda$/,
      ];
      expect(own.length).toBeGreaterThan(0);
      expect(strays(own, [...allowed, new RegExp(`^lambdas/${hop}/(?!index)`)])).toEqual([]);
    });

    it(`${hop}/index.ts binds adapters to its own handler and nobody imports it`, () => {
      const index = `lambdas/${hop}/index.ts`;
      const own = files.filter((file) => file.path === index);
      const allowed = [
        /^lambdas\/(core|adapters)\//,
        /^lambdas\/environment\.ts$/,
        /^@aws-sdk\//,
        /^node:timers\/promises$/,
      ];
      expect(strays(own, [...allowed, new RegExp(`^lambdas/${hop}/handler\\.ts$`)])).toEqual([]);
      expect(files.filter((file) => file.imports.includes(index)).map((file) => file.path)).toEqual([]);
    });
  }

  it('adapters know core and ports but no hop', () => {
    const hopImports = strays(files.filter(isIn('lambdas/adapters')), [
      /^(?!lambdas\/(schedule|poll|ingest|serve|retag)\/|lib\/|bin\/)/,
    ]);
    expect(hopImports).toEqual([]);
  });

  it('the stack knows of the functions their environment alone', () => {
    const allowed = [
      /^lib\//,
      /^lambdas\/environment\.ts$/,
      /^aws-cdk-lib(\/|$)/,
      /^constructs$/,
      /^cdk-nag$/,
      /^node:/,
    ];
    expect(strays(files.filter(isIn('lib')), allowed)).toEqual([]);
    const app = files.filter((file) => file.path === 'bin/app.ts');
    expect(strays(app, [/^lib\//, /^aws-cdk-lib(\/|$)/, /^cdk-nag$/, /^node:/])).toEqual([]);
  });

  it('the command line knows no infrastructure and no function entry', () => {
    const rest = files.filter((file) => file.path.startsWith('bin/') && file.path !== 'bin/app.ts');
    expect(strays(rest, [/^(?!lib\/|aws-cdk|constructs|lambdas\/\w+\/index\.ts)/])).toEqual([]);
  });

  it('only entry points read the environment', () => {
    const others = files.filter((file) => !/^lambdas\/\w+\/index\.ts$|^bin\//.test(file.path));
    expect(uses(others, /process\.env/)).toEqual([]);
  });
});

describe('the shape of the tree', () => {
  it('has no file over 300 lines', () => {
    expect(files.filter((file) => file.text.split('\n').length > 301).map((file) => file.path)).toEqual([]);
  });

  it('has a source file for every unit test', () => {
    const tests = sourceFiles('test/lambdas', 'test/lib', 'test/bin').filter((file) =>
      file.path.endsWith('.test.ts'),
    );
    const orphans = tests.filter((file) => {
      const source = file.path.replace(/^test\//, '').replace(/(\.[a-z-]+)?\.test\.ts$/, '.ts');
      const exists = (name: string) => existsSync(path.join(import.meta.dirname, '..', name));
      return !exists(source) && !file.imports.some((name) => files.some((known) => known.path === name));
    });
    expect(orphans.map((file) => file.path)).toEqual([]);
  });

  it('re-exports nothing and exports no defaults', () => {
    expect(uses(files, /^export (\*|\{[^}]*\}) from|^export default/)).toEqual([]);
  });
});
