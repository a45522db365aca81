import { spawn } from 'node:child_process';
import net from 'node:net';
import { endGroup } from './run-cdk.ts';

/** An emulator of AWS that answers at `endpoint`, or why there is none. */
export type MotoServer =
  | { readonly kind: 'answers'; readonly endpoint: string; readonly stop: () => void }
  | { readonly kind: 'unavailable'; readonly reason: string };

const startMsMax = 30_000;

/** Starts moto_server on a free port. It may be absent, or installed and broken: it counts only once it has answered. */
export async function startMotoServer(): Promise<MotoServer> {
  if (process.platform === 'win32')
    return { kind: 'unavailable', reason: 'process groups are needed to end it' };
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => endGroup(child.pid);
  process.once('exit', stop);
  const said = await new Promise<string | null>((resolve) => {
    let output = '';
    const timer = setTimeout(
      () => resolve(`said nothing useful within ${startMsMax / 1_000} s: ${output}`),
      startMsMax,
    );
    const settle = (reason: string | null) => {
      clearTimeout(timer);
      resolve(reason);
    };
    child.on('error', (error) => settle(error.message));
    child.on('close', (code) => settle(`ended with ${code}: ${output.trim().split('\n').at(-1)}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-10_000);
        if (/Running on http/.test(output)) settle(null);
      });
    }
  });
  // By name: CloudFormation fetches the template from an address made of the host, and moto knows only this one.
  const endpoint = `http://localhost:${port}`;
  const reason = said ?? (await whyNoAnswer(endpoint));
  if (reason === null) return { kind: 'answers', endpoint, stop };
  stop();
  return { kind: 'unavailable', reason: `moto_server: ${reason}` };
}

async function whyNoAnswer(endpoint: string): Promise<string | null> {
  try {
    const { status } = await fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(10_000) });
    return status === 200 ? null : `answered ${status}`;
  } catch (error) {
    return String(error);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
