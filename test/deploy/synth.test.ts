import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { notAskedFor } from './opt-in.ts';
import { checkout, runCdk } from './run-cdk.ts';

const execFileAsync = promisify(execFile);
const folder = path.join(tmpdir(), `sitrep-synth-${process.pid}`);
const output = path.join(folder, 'cdk.out');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command that takes the network away; none where namespaces are not to be had. */
async function withoutNetwork(): Promise<readonly string[]> {
  const command = ['unshare', '--user', '--map-root-user', '--net'];
  try {
    await execFileAsync('unshare', [...command.slice(1), 'true']);
    return command;
  } catch {
    return [];
  }
}

const offline = notAskedFor === null ? await withoutNetwork() : [];
if (notAskedFor !== null) console.log(`Synthesis test skipped: ${notAskedFor}`);
else
  console.log(
    offline.length > 0 ? 'Synthesising without a network' : 'Synthesising with the network: no unshare here',
  );

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.optional(z.unknown()) })),
});
const Lambda = z.object({
  Description: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** The bundle of a function, and the names of the variables it is given. */
function bundleOf(hop: string): { readonly directory: string; readonly variables: readonly string[] } {
  const template = Template.parse(
    JSON.parse(readFileSync(path.join(output, 'SitrepStack.template.json'), 'utf8')),
  );
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const { Description, Code, Environment } = Lambda.parse(Properties);
    if (Description !== `Sitrep dev: ${hop}`) continue;
    const directory = path.join(output, `asset.${path.basename(Code.S3Key, '.zip')}`);
    return { directory, variables: Object.keys(Environment.Variables) };
  }
  throw new Error(`Expected a function for ${hop} in the template, got none`);
}

describe.skipIf(notAskedFor !== null)('a synthesis without network and credentials', () => {
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const { exitCode, output: said } = await runCdk({
      arguments: ['synth', '--quiet', '--output', output],
      cwd: checkout,
      environment: { HOME: folder },
      under: offline,
    });
    expect(exitCode, said).toBe(0);
  }, 120_000);

  it.each(['schedule', 'poll', 'ingest', 'serve', 'retag'])(
    'bundles %s with its data so that it starts from there',
    async (hop) => {
      const { directory, variables } = bundleOf(hop);
      expect(readdirSync(directory).sort()).toEqual([
        'catalogue.json',
        'clusters.json',
        'index.mjs',
        'taxonomy.json',
        'topics.json',
      ]);
      const bundle = path.join(directory, 'index.mjs');
      const script = `import(${JSON.stringify(pathToFileURL(bundle).href)}).then((m) => console.log(typeof m.handler))`;
      const env = { ...Object.fromEntries(variables.map((name) => [name, '1'])), AWS_REGION: 'eu-west-1' };
      const { stdout } = await execFileAsync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: folder,
        env,
        timeout: 20_000,
      });
      expect(stdout).toContain('function');
      expect(statSync(bundle).size).toBeLessThan(2_000_000);
    },
  );
});
