import path from 'node:path';
import * as z from 'zod/mini';
import { parsedUrl } from '../../../lambdas/core/words/parsed-url.ts';
import { isUsageError, usageError } from '../../command.ts';
import { servedAddress, usualPort } from '../../local/served-address.ts';
import { wireDirectory, wireDirectories } from '../retag/wire-directory.ts';
import { type Wire, wireAt } from './wire.ts';

/** Which wire is asked for; `variable` is the environment's SITREP_ENDPOINT. */
export interface WireChoice {
  readonly endpoint: string | null;
  readonly variable: string | null;
  readonly data: string | null;
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
  /** Opens the files of a wire that nobody serves. */
  readonly open: (directory: string) => Promise<Wire>;
  /** Where a server is looked for that does not run from here. */
  readonly usualAddress?: string;
}

/**
 * The wire to ask: the address named, else the local server that serves a wire from here, else the one at the usual port,
 * else the files of the wire, read without a server. Throws when there is none, and a usage error for a bad address or
 * when there are several to choose from.
 */
export async function findWire(choice: WireChoice): Promise<Wire> {
  if (choice.endpoint !== null) return wireAt(checkedAddress('--endpoint', choice.endpoint));
  if (choice.data === null && choice.variable !== null)
    return wireAt(checkedAddress('SITREP_ENDPOINT', choice.variable));
  const served = await servedWires(choice);
  const [first, ...others] = served;
  if (others.length > 0)
    throw usageError(`Expected --endpoint to name one wire, got several that run: ${served.join(', ')}`);
  if (first !== undefined) return wireAt(first);
  const usual = choice.usualAddress ?? `http://127.0.0.1:${usualPort}`;
  if (choice.data === null && (await isWire(usual, choice.signal))) return wireAt(usual);
  return choice.open(directoryOf(choice, usual));
}

function checkedAddress(name: string, text: string): string {
  const url = parsedUrl(text);
  const isWeb = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!isWeb || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw usageError(
      `Expected ${name} to be an http(s) address such as https://wire.example, got ${JSON.stringify(text)}`,
    );
  return url.href;
}

/** Addresses of local servers that answer for a wire here. */
async function servedWires({ workingDirectory, data, signal }: WireChoice): Promise<string[]> {
  const noted = wireDirectories(workingDirectory, data ?? undefined)
    .map(servedAddress)
    .filter((address) => address !== null);
  const answers = await Promise.all(
    noted.map(async (address) => ((await isWire(address, signal)) ? [address] : [])),
  );
  return answers.flat();
}

/** A server on this machine answers at once, or it is none of ours. */
const healthMsMax = 2_000;
const Health = z.object({ version: z.string(), stories: z.number() });

async function isWire(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(healthMsMax)]);
    const response = await fetch(`${address}/healthz`, { redirect: 'error', signal: bounded });
    return Health.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}

function directoryOf({ workingDirectory, data }: WireChoice, usual: string): string {
  try {
    return wireDirectory(workingDirectory, data ?? undefined);
  } catch (cause) {
    if (isUsageError(cause)) throw cause;
    const files = path.relative(workingDirectory, path.resolve(workingDirectory, data ?? '.sitrep')) || '.';
    const server = data === null ? `no server at ${usual} and ` : '';
    throw new Error(
      `Expected a wire to ask, got ${server}no wire in ${files}; \`npm start\` starts one, --endpoint URL asks another`,
      { cause },
    );
  }
}
