import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = path.join(import.meta.dirname, '../../bin/sitrep.mjs');

/** A finished command: its exit code and what it printed. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sitrep` as a user would, to its end. */
export function sitrep(args: readonly string[], stdin = ''): Promise<Finished> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  child.stdin.end(stdin);
  return finished(child);
}

function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** A serving local run. */
export interface LocalServer {
  readonly url: string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Finished>;
}

/** Starts `sitrep local` on a free port and waits for the address it prints. */
export async function startLocal(args: readonly string[]): Promise<LocalServer> {
  const child = spawn(process.execPath, [program, 'local', '--port', '0', '--json', ...args], {
    stdio: 'pipe',
  });
  const end = finished(child);
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const address = /"url":"([^"]+)"/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    end.then(({ code, stderr }) => reject(new Error(`sitrep local ended with ${code}: ${stderr}`)));
  });
  return {
    url,
    end: (signal) => {
      child.kill(signal);
      return end;
    },
  };
}

/** A directory that goes when the suite ends. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'sitrep-test-'));
  return { path: directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
