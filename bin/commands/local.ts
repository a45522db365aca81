import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSamplePublisher } from '../../lambdas/adapters/local/sample-publisher.ts';
import { loadSampleWire } from '../../lambdas/adapters/local/sample/load-sample-wire.ts';
import { sampleCatalogue } from '../../lambdas/adapters/local/sample/sample-catalogue.ts';
import { type AllowedHosts, parseAllowedHosts } from '../../lambdas/core/fetch/allowed-hosts.ts';
import type { Catalogue } from '../../lambdas/core/words/feed.ts';
import { parsedUrl } from '../../lambdas/core/words/parsed-url.ts';
import { version } from '../../lambdas/core/words/version.ts';
import { type CommandIo, usageError } from '../command.ts';
import { dataDirectory, loadData } from '../compile-data.ts';
import { type LocalRun, runOnce, runServer } from '../local/run-local.ts';
import { sampleEpoch } from '../local/sample-epoch.ts';

const help = `Usage: sitrep local [options]

Runs the whole pipeline in one process on an embedded DynamoDB engine: polls feeds, stores and tags stories and serves
them on loopback. Without options it uses a sample wire that comes with Sitrep and needs no network.

Options:
  --live                      poll the catalogue data/feeds.yaml over the internet
  --feeds FILE                poll the feeds of a catalogue of your own (.yaml or .opml)
  --port N                    serve on this port; 0 takes any free one (default 8787, or a free one if that is taken)
  --data DIR                  keep the engine's files here (default .sitrep/; survives restarts)
  --allow-host HOST[:PORT]    let the guard reach this private address; may be repeated
  --contact URL               where publishers can reach you; goes into the User-Agent of a live run
  --once                      poll every feed once, store everything, print the summary and end
  --json                      print JSON: one object with --once, else one line for each poll
  --help                      this text

While it serves, POST /local/poll (from this machine) polls every feed now and answers when all of it is stored.
Exit codes: 0 ended as asked, 1 failed, 2 wrong usage.
`;

const options = {
  live: { type: 'boolean' },
  feeds: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  contact: { type: 'string' },
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** `sitrep local`. Gives the exit code; throws a usage error for a wrong option. */
export async function runLocal(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args: [...args], options, strict: true });
  if (values.help) {
    io.stdout.write(help);
    return 0;
  }
  if (values.live && values.feeds !== undefined) throw usageError('Expected --live or --feeds, got both');
  for (const name of ['data', 'feeds'] as const)
    if (values[name] === '') throw usageError(`Expected --${name} to have a name, got an empty one`);
  const port = portOf(values.port);
  const allowed = parseAllowedHosts(values['allow-host'] ?? []);
  if (!allowed.ok) throw usageError(`--allow-host: ${allowed.reason}`);
  const { rules, tree, catalogue } = loadData(dataDirectory, catalogueFile(values, io));
  const wire = await chooseWire(values, io, { catalogue, allowedHosts: allowed.hosts });
  try {
    const asked = { port, contactUrl: contactOf(values.contact), json: values.json === true };
    const run: LocalRun = { ...wire, ...io, ...asked, rules, tree, clock: Date.now };
    return await (values.once ? runOnce : runServer)(run, io.interrupted);
  } finally {
    await wire.close();
  }
}

/** The catalogue asked for with --feeds; undefined means the one that comes with Sitrep. */
const catalogueFile = (values: Values, io: CommandIo): string | undefined =>
  values.feeds === undefined ? undefined : path.resolve(io.workingDirectory, values.feeds);

function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw usageError(`Expected --port to be 0 to 65535, got ${text}`);
  return port;
}

function contactOf(text: string | undefined): string | null {
  const url = text === undefined ? null : parsedUrl(text);
  const isReachable = url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol);
  if (text !== undefined && !isReachable)
    throw usageError(`Expected --contact to be an http(s) or mailto address, got ${text}`);
  return url?.href ?? null;
}

interface Wire {
  readonly title: string;
  readonly catalogue: Catalogue;
  readonly directory: string;
  readonly allowedHosts: AllowedHosts;
  close(): Promise<void>;
}

/** The feeds of this run. Each kind of wire has files of its own, so that the sample's stories never mix with real ones. */
async function chooseWire(
  values: Values,
  io: CommandIo,
  chosen: { readonly catalogue: Catalogue; readonly allowedHosts: AllowedHosts },
): Promise<Wire> {
  const isSample = values.feeds === undefined && !values.live;
  const kind = isSample ? 'sample' : values.live ? 'live' : 'feeds';
  const directory = path.resolve(io.workingDirectory, values.data ?? path.join('.sitrep', kind));
  if (isSample) return sampleWire(directory, chosen.allowedHosts);
  const title = titleOf(values.live ? 'the live wire' : (values.feeds ?? ''), chosen.catalogue);
  return { ...chosen, directory, title, close: async () => {} };
}

async function sampleWire(directory: string, allowedHosts: AllowedHosts): Promise<Wire> {
  const wire = loadSampleWire(path.join(dataDirectory, 'sample'));
  const publisher = await startSamplePublisher({
    wire,
    epochMs: sampleEpoch(directory, Date.now()),
    clock: Date.now,
  });
  const catalogue = sampleCatalogue(wire, publisher.origin);
  const port = Number(new URL(publisher.origin).port);
  const hosts = new Map([...allowedHosts, ['127.0.0.1', new Set([port])]] as const);
  return {
    catalogue,
    directory,
    allowedHosts: hosts,
    close: publisher.close,
    title: titleOf('the sample wire', catalogue),
  };
}

const titleOf = (wire: string, { feeds, sources }: Catalogue): string =>
  `Sitrep ${version}: ${wire}, ${feeds.length} feeds of ${sources.length} sources`;
