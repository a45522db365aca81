import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import * as z from 'zod/mini';

const root = path.resolve(import.meta.dirname, '../..');

/** A bundled module: its file, how large it is, and what esbuild tells of its parts. */
export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  readonly inputs: Metafile['outputs'][string]['inputs'];
}

/** What to bundle: a file of the checkout, or source text that is resolved as if it stood in its root. */
export interface BundleSource {
  readonly name: string;
  readonly source: string;
  readonly isFile: boolean;
}

/**
 * Bundles as lib/service-function.ts has it done, but for the release of Node that runs this, into `folder/name/`, where
 * compiled data may be put beside it.
 */
export async function bundled({ name, source, isFile }: BundleSource, folder: string): Promise<Bundle> {
  const file = path.join(folder, name, 'index.mjs');
  const entry = isFile
    ? { entryPoints: [path.join(root, source)] }
    : { stdin: { contents: source, resolveDir: root, loader: 'ts' as const } };
  const { metafile } = await build({
    ...entry,
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node.split('.')[0]}`,
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'error',
  });
  const code = readFileSync(file);
  const [output] = Object.values(metafile.outputs);
  return {
    name,
    file,
    bytes: code.length,
    gzippedBytes: gzipSync(code).length,
    inputs: output?.inputs ?? {},
  };
}

/** Bytes of a bundle by package, or by folder for our own files; the largest first. */
export function bytesByPart({ inputs }: Bundle): [part: string, bytes: number][] {
  const sums = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const [, scoped] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    const part = scoped?.replace(/^@smithy\/.*/, '@smithy/*') ?? file.split('/').slice(0, 3).join('/');
    sums.set(part, (sums.get(part) ?? 0) + bytesInOutput);
  }
  return [...sums].sort((one, other) => other[1] - one[1]);
}

/** Milliseconds from the start of a process until a module was there: by the clock, and of CPU (user and system). */
export interface StartUp {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const Timed = z.object({ wallMs: z.number(), cpuMs: z.number() });

/** What a child runs: the clock of a process begins with it, so Node's own start is part of the figures. */
const script = `await import(process.argv[2]);
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ wallMs: performance.now(), cpuMs: (user + system) / 1000 }));
process.exit(0);
`;

/** Makes what starts a process that loads a module and does no more; the module's environment is `environment`. */
export function startUpOf(
  folder: string,
  environment: Readonly<Record<string, string>>,
): (file: string) => StartUp {
  const starter = path.join(folder, 'start.mjs');
  writeFileSync(starter, script);
  return (file) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [starter, pathToFileURL(file).href], {
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Expected ${file} to load, got ${stderr}`);
    return Timed.parse(JSON.parse(stdout));
  };
}
