import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../../../../lambdas/adapters/local/embedded-engine.ts';

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const program =
  (script: string) =>
  (port: number): [string, string[]] => [process.execPath, ['-e', `const port = ${port}; ${script}`]];
const listen = "require('net').createServer().listen(port, '127.0.0.1');";

describe('startProgram', () => {
  it('ends a program that listens', async () => {
    const { port, stop } = await startProgram(program(listen));
    expect(await isListening(port)).toBe(true);
    await stop();
    expect(await isListening(port)).toBe(false);
  });

  it('ends by force a program that does not end when it is asked to', async () => {
    const { port, stop } = await startProgram(program(`process.on('SIGTERM', () => {}); ${listen}`));
    await stop();
    // The shell may be gone a moment before its child.
    await expect.poll(() => isListening(port)).toBe(false);
  });

  it('stops a program that has died meanwhile', async () => {
    const { port, stop } = await startProgram(program(listen.replace('()', '(() => process.exit(3))')));
    await expect.poll(() => isListening(port)).toBe(false);
    await stop();
  });

  it('says at once that a program ended instead of listening, and with which code', async () => {
    await expect(startProgram(program('process.exit(7)'))).rejects.toThrow('it ended with code 7');
  });
});
