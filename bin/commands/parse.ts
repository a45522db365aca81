import { open, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import type { ParsedEntry } from '../../lambdas/core/words/entry.ts';
import { parseFeed, type ParseResult } from '../../lambdas/core/parse/parse.ts';
import { isFeedAddress } from '../../lambdas/core/catalogue/feed-address.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { readStreamBounded } from '../read-bounded.ts';
import { writeText } from '../write-text.ts';

/** The streams a command reads and writes. */
export interface ParseIo {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

const help = `Usage: sitrep parse [FILE|-] [--content-type TYPE] [--base URL] [--batch]

Reads a feed document (RSS, RDF, Atom or JSON Feed) and prints what Sitrep makes of it as JSON:
{feed: {title, link}, entries: [{id, title, link, published, updated, summary, content, author, categories}], problems}.
Times are ISO 8601 UTC, texts are plain text. Without FILE, or with -, the document is read from standard input.

Options:
  --content-type TYPE   the Content-Type it was served with; its charset counts
  --base URL            the address it was served from, for relative links
  --batch               read one {"id", "path", "contentType", "base"} a line (NDJSON) and print one
                        {"id", "ok": true, "result"} or {"id", "ok": false, "error": {"code", "message"}} a line, in order;
                        --content-type and --base then hold for lines without their own
  --json                as without it: the output always is JSON
  --help                this text

Exit codes: 0 read (with --batch: whatever became of the lines), 1 no feed or no file, 2 wrong usage.
`;

const options = {
  'content-type': { type: 'string' },
  base: { type: 'string' },
  batch: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** A document larger than this is refused: no feed is, and it would be held in memory several times. */
const fileBytesMax = 64 * 1024 * 1024;

const BatchLine = z.object({
  id: z.optional(z.unknown()),
  path: z.string().check(z.minLength(1)),
  contentType: z.optional(z.nullable(z.string())),
  base: z.optional(z.nullable(z.string())),
});

/**
 * `sitrep parse`. Gives the exit code: 0 ok, 1 the document could not be read as a feed, 2 wrong usage; says on stderr
 * what was expected and got. Throws only when its own output stream fails.
 */
export async function runParse(args: readonly string[], io: ParseIo): Promise<number> {
  const request = requestOf(args);
  if (typeof request === 'string') {
    io.stderr.write(`${request}\n${help.split('\n', 1)[0]}\n`);
    return 2;
  }
  if (request.help) {
    await writeText(io.stdout, help);
    return 0;
  }
  return request.batch ? parseBatch(request, io) : parseOne(request, io);
}

interface ParseRequest {
  readonly file: string;
  readonly contentType: string | null;
  readonly base: string | null;
  readonly batch: boolean;
  readonly help: boolean;
}

/** The request that the arguments make, or what is wrong with them. */
function requestOf(args: readonly string[]): ParseRequest | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) return `Expected one FILE, got ${positionals.length}.`;
    const base = values.base ?? null;
    if (base !== null && !isFeedAddress(base))
      return `Expected --base to be an http(s) address, got ${base.slice(0, 200)}.`;
    return {
      file: positionals[0] ?? '-',
      contentType: values['content-type'] ?? null,
      base,
      batch: values.batch ?? false,
      help: values.help ?? false,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function parseOne(request: ParseRequest, io: ParseIo): Promise<number> {
  const { contentType, base } = request;
  const document =
    request.file === '-' ? await streamBytes(io.stdin, 'stdin') : await fileBytes(request.file);
  if ('message' in document) {
    io.stderr.write(`${document.message}\n`);
    return 1;
  }
  const result = await parseFeed({ bytes: document.bytes, contentType, base });
  if (!result.ok) {
    io.stderr.write(`${result.code}: ${result.message}\n`);
    return 1;
  }
  await writeText(io.stdout, `${JSON.stringify(printed(result), null, 2)}\n`);
  return 0;
}

/** One line in, one line out, in order; whatever is wrong with a line or its file is said in its own answer. */
async function parseBatch(defaults: ParseRequest, io: ParseIo): Promise<number> {
  const { file } = defaults;
  const handle = file === '-' ? null : await open(file).catch(() => null);
  if (file !== '-' && handle === null) {
    io.stderr.write(`Expected a file that can be read, got ${file}.\n`);
    return 1;
  }
  for await (const line of ndjsonLines(handle?.createReadStream() ?? io.stdin)) {
    const answer = line.tooLong
      ? failed(null, 'bad-line', 'Expected a shorter line.')
      : await answerTo(line.text, defaults);
    await writeText(io.stdout, `${JSON.stringify(answer)}\n`);
  }
  return 0;
}

async function answerTo(line: string, defaults: ParseRequest): Promise<object> {
  const json = jsonOf(line);
  const request = BatchLine.safeParse(json);
  const id = idOf(json);
  if (!request.success) return failed(id, 'bad-line', 'Expected a JSON object with `id` and `path`.');
  const document = await regularFileBytes(request.data.path);
  if ('message' in document) return failed(id, 'unreadable', document.message);
  const contentType = request.data.contentType ?? defaults.contentType;
  const base = request.data.base ?? defaults.base;
  const result = await parseFeed({ bytes: document.bytes, contentType, base });
  return result.ok ? { id, ok: true, result: printed(result) } : failed(id, result.code, result.message);
}

function failed(id: unknown, code: string, message: string): object {
  return { id, ok: false, error: { code, message } };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The id is given back as it came, also when the rest of the line is of no use. */
function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : null;
}

function printed({ parsed }: Extract<ParseResult, { ok: true }>): object {
  const { title, link } = parsed.feed;
  return { feed: { title, link }, entries: parsed.entries.map(printedEntry), problems: parsed.problems };
}

function printedEntry(entry: ParsedEntry): object {
  const { id, title, link, published, updated, summary, content, author, categories } = entry;
  return { id, title, link, published, updated, summary, content, author, categories };
}

type Bytes = { readonly bytes: Uint8Array } | { readonly message: string };

/** A file of a list: a pipe or a device in it could keep the whole list waiting for ever. */
async function regularFileBytes(path: string): Promise<Bytes> {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile()) {
    const kind = found.isDirectory() ? 'a directory' : 'something else';
    return { message: `Expected a file, got ${kind}: ${path}.` };
  }
  if (found !== null && found.size > fileBytesMax)
    return { message: `Expected at most ${fileBytesMax} bytes, got ${found.size}: ${path}.` };
  return fileBytes(path);
}

async function fileBytes(path: string): Promise<Bytes> {
  const handle = await open(path).catch(() => null);
  if (handle === null) return { message: `Expected a file that can be read, got ${path}.` };
  try {
    return await streamBytes(handle.createReadStream({ autoClose: false }), path);
  } finally {
    await handle.close();
  }
}

async function streamBytes(stream: NodeJS.ReadableStream, name: string): Promise<Bytes> {
  try {
    return { bytes: await readStreamBounded(stream, name, fileBytesMax) };
  } catch (error) {
    return { message: `Could not read ${name}: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
