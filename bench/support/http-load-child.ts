/**
 * A client for bench/serve.ts, in a process of its own so that it takes no time from the server's. Keeps so many connections
 * busy with one request, each sent when the one before is answered, and prints the latencies of all as JSON. No HTTP
 * library: parsing with one would cost more than some of the answers.
 */
import { connect } from 'node:net';
import * as z from 'zod/mini';

/** What the parent gives as the only argument, as JSON. */
const Load = z.object({
  port: z.number(),
  target: z.string(),
  headers: z.record(z.string(), z.string()),
  connections: z.number(),
  ms: z.number(),
  status: z.number(),
});

const load = Load.parse(JSON.parse(process.argv[2] ?? ''));
const lines = Object.entries(load.headers).map(([name, value]) => `${name}: ${value}\r\n`);
const request = `GET ${load.target} HTTP/1.1\r\nhost: 127.0.0.1:${load.port}\r\n${lines.join('')}\r\n`;
const latencies: number[] = [];
let bytes = 0;
const began = performance.now();

/** Length of the first answer in what has arrived; null while it is not all there. */
function answerLength(received: Buffer): number | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = received.toString('latin1', 0, headEnd);
  if (!head.startsWith(`HTTP/1.1 ${load.status} `))
    throw new Error(`Expected ${load.status}, got ${head.slice(0, 40)}`);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const whole = headEnd + 4 + (load.status === 304 ? 0 : length);
  return received.length >= whole ? whole : null;
}

function keepBusy(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(load.port, '127.0.0.1');
    let received: Buffer = Buffer.alloc(0);
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('connect', send).on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const length = answerLength(received);
      if (length === null) return;
      latencies.push(performance.now() - sentAt);
      bytes = length;
      received = received.subarray(length);
      if (performance.now() - began < load.ms) send();
      else socket.destroy();
    });
  });
}

await Promise.all(Array.from({ length: load.connections }, keepBusy));
const ms = performance.now() - began;
console.log(
  JSON.stringify({ ms, bytes, latencies: latencies.map((one) => Math.round(one * 1_000) / 1_000) }),
);
