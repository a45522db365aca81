import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

export const checkout = path.resolve(import.meta.dirname, '..', '..');
const cdk = path.join(
  path.dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')),
  'bin',
  'cdk',
);

export interface CdkRun {
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** The whole environment of the run but for PATH: no credentials or settings of the caller get in. */
  readonly environment: Readonly<Record<string, string>>;
  /** A command that runs the CLI, such as one that takes the network away. */
  readonly under?: readonly string[];
}

export interface CdkResult {
  /** null: ended by a signal, which is what happens when it takes too long. */
  readonly exitCode: number | null;
  /** Standard output and error as they came. */
  readonly output: string;
}

const timeoutMs = 110_000;

/** Runs the CDK command line of the checkout and ends it, and all it has started, when it takes longer than 110 s. */
export function runCdk({ arguments: rest, cwd, environment, under = [] }: CdkRun): Promise<CdkResult> {
  const [command = process.execPath, ...args] = [...under, process.execPath, cdk, '--no-notices', ...rest];
  const env = {
    PATH: process.env.PATH ?? '',
    CI: 'true',
    NO_COLOR: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...environment,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const timer = setTimeout(() => endGroup(child.pid), timeoutMs);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    });
  });
}

/** Ends a process that was started detached, with everything it has started. Does nothing when it is gone. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
