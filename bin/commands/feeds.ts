import { type CommandIo, isUsageError, usageError } from '../command.ts';
import { DataError } from '../compile-data.ts';
import { writeText } from '../write-text.ts';
import { addFeed } from './feeds/add.ts';
import { checkFeeds } from './feeds/check.ts';
import { exportFeeds } from './feeds/export.ts';
import { type FeedsCall, type FeedsOption, feedsCall, parseFeedsArgs } from './feeds/feeds-call.ts';
import { importFeeds } from './feeds/import.ts';
import { listFeeds } from './feeds/list.ts';

const usage = 'Usage: sitrep feeds check|list|add|import|export [options]';

const help = `${usage}

Works on the catalogue: data/feeds.yaml, or the file that --feeds names (.yaml; check, list and export also take .opml).

  check [FEED…]        asks each feed (by id or address; without any, all of them) and says how it is and what to do
  add URL              checks an address, follows a page to its feed, and appends the feed to the catalogue
  import FILE.opml|-   adds the feeds of an OPML list that the catalogue lacks, and prints what was added as YAML
  export               prints the catalogue as OPML 2.0 or YAML
  list                 prints a row for each feed

sitrep feeds check --help says more of check, and so for the others.
Exit codes: 0 ok, 1 failed (check: some feeds need action), 2 wrong usage.
`;

const fileLine = '  --feeds FILE                another catalogue than data/feeds.yaml';
const allowLine = '  --allow-host HOST[:PORT]    let the guard reach this private address; may be repeated';

interface Subcommand {
  readonly run: (call: FeedsCall) => Promise<number>;
  readonly takes: readonly FeedsOption[];
  readonly usage: string;
  readonly help: string;
}

const file = ['feeds', 'catalogue'] as const;

/** Each gives its exit code. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  check: {
    run: checkFeeds,
    takes: [...file, 'json', 'allow-host', 'concurrency', 'timeout'],
    usage: 'Usage: sitrep feeds check [FEED…] [--feeds FILE] [--json] [options]',
    help: `Asks each feed once, and a second time to see whether its ETag or Last-Modified can be trusted, and prints what it found
and what to do. FEED is an id of the catalogue or any address. Ctrl-C prints what was checked so far.

${fileLine}
  --json                      one JSON array, an object for each feed
${allowLine}
  --concurrency N             feeds in hand at once, 1 to 32 (default 8); a public host is asked every 5 seconds at most
  --timeout S                 seconds for one request with its redirects, 1 to 60 (default 15)

Exit codes: 0 all feeds are fine, 1 some need action (marked !) or were not reached, 2 wrong usage.`,
  },
  list: {
    run: listFeeds,
    takes: [...file, 'json'],
    usage: 'Usage: sitrep feeds list [--feeds FILE] [--json]',
    help: `Prints a row for each feed.

${fileLine}
  --json                      {"sources": […], "feeds": […]}`,
  },
  add: {
    run: addFeed,
    takes: [...file, 'json', 'dry-run', 'source', 'id', 'allow-host', 'timeout'],
    usage: 'Usage: sitrep feeds add URL [--source ID] [--id ID] [--feeds FILE] [--dry-run]',
    help: `Checks the address; when it is a page, takes the first feed the page names. Proposes id, title, source and language,
appends the entry to the catalogue (everything else in the file stays as it is) and prints it as YAML.

  --source ID                 the source it belongs to; without it, the one of its host, or a new one
  --id ID                     the feed's id; without it, one made of its title
${fileLine}
  --dry-run                   prints the entry and changes nothing
  --json                      {"dryRun", "sources", "feeds", "report"}
${allowLine}
  --timeout S                 seconds for one request with its redirects, 1 to 60 (default 15)`,
  },
  import: {
    run: importFeeds,
    takes: [...file, 'into', 'json', 'dry-run'],
    usage: 'Usage: sitrep feeds import FILE.opml|- [--into FILE] [--dry-run]',
    help: `Adds the feeds of an OPML list that the catalogue lacks, prints them as YAML, and counts how many were added, were
already there and were refused, with the line and reason of each. A damaged or cut-off list is refused whole.

  --into FILE                 another catalogue than data/feeds.yaml (also --feeds); made when it is not there
  --dry-run                   prints what would be added and changes nothing
  --json                      {"dryRun", "added", "alreadyThere", "refusedCount", "refused", "repaired"}`,
  },
  export: {
    run: exportFeeds,
    takes: [...file, 'format'],
    usage: 'Usage: sitrep feeds export [--format opml|yaml] [--feeds FILE]',
    help: `Prints the catalogue.

  --format opml|yaml          OPML 2.0 for other readers (default; it has no kinds and countries), or the whole as YAML
${fileLine}`,
  },
};

/** `sitrep feeds`: exit code 0, 1 when it failed or feeds need action, 2 for wrong usage. */
export async function runFeeds(args: readonly string[], io: CommandIo): Promise<number> {
  let usageLine = usage;
  try {
    const { values, positionals } = parseFeedsArgs(args);
    const [name, ...operands] = positionals;
    const known = name !== undefined && Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (known !== undefined) usageLine = known.usage;
    if (values.help) {
      await writeText(io.stdout, known === undefined ? help : `${known.usage}\n\n${known.help}\n`);
      return 0;
    }
    if (name === undefined || known === undefined)
      throw usageError(`Expected one of ${Object.keys(subcommands).join(', ')}, got ${name ?? 'nothing'}`);
    return await known.run(feedsCall(name, { values, operands }, known.takes, io));
  } catch (error) {
    if (isUsageError(error)) io.stderr.write(`${error.message}\n${usageLine}\n`);
    else if (error instanceof DataError) io.stderr.write(`${error.problems.join('\n')}\n`);
    else io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}
