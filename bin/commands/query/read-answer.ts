import * as z from 'zod/mini';
import { usageError } from '../../command.ts';
import { printableLine } from './terminal-text.ts';
import { networkFault, type Wire } from './wire.ts';

/** More than any answer of the API: stories in one are bounded at 2 MB and the edge function at 6 MB. */
const answerBytesMax = 8_000_000;

const Problem = z.object({
  detail: z.string(),
  parameter: z.optional(z.string()),
  value: z.optional(z.string()),
  allowed: z.optional(z.union([z.string(), z.array(z.string())])),
  didYouMean: z.optional(z.string()),
});

/** An answer whole, with its address of the next page if it has one. */
export interface Answered {
  readonly text: string;
  readonly nextCursor: string | null;
}

/**
 * Asks the wire and reads a 200 of this media type to its end. Throws a usage error when the wire refuses a parameter, and
 * an error that says what was expected and got for any other answer, one that is too large, or none.
 */
export async function readAnswer(
  wire: Wire,
  path: string,
  { mediaType, signal }: { readonly mediaType: string; readonly signal: AbortSignal },
): Promise<Answered> {
  const response = await wire.get(path, signal);
  const got = response.headers.get('content-type') ?? 'no media type';
  if (response.status !== 200) throw await refusal(wire, response);
  if (!got.startsWith(mediaType)) {
    const shown = printableLine(got.slice(0, 80));
    throw new Error(`Expected ${mediaType} from ${wire.name}, got ${shown}; is it the address of a Sitrep?`);
  }
  const link = response.headers.get('link') ?? '';
  const nextCursor = /[?&]cursor=([\w-]+)[^>]*>; rel="next"/.exec(link)?.[1] ?? null;
  return { text: await bodyOf(wire, response), nextCursor };
}

async function bodyOf(wire: Wire, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > answerBytesMax) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw networkFault(wire.name, cause);
  }
  if (size > answerBytesMax)
    throw new Error(`Expected at most ${answerBytesMax} bytes from ${wire.name}, got more`);
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function refusal(wire: Wire, response: Response): Promise<Error> {
  const status = `${response.status} ${printableLine(response.statusText)}`.trim();
  const location = response.headers.get('location');
  if (location !== null) {
    const to = printableLine(location.slice(0, 200));
    return new Error(
      `Expected an answer from ${wire.name}, got ${status} to ${to}; --endpoint names the address`,
    );
  }
  const problem = problemOf(await bodyOf(wire, response));
  if (problem === null) return new Error(`Expected an answer from ${wire.name}, got ${status}`);
  if (response.status === 400) return usageError(problemWords(problem));
  return new Error(`Expected an answer from ${wire.name}, got ${status}: ${printableLine(problem.detail)}`);
}

function problemOf(text: string): z.infer<typeof Problem> | null {
  try {
    const problem = Problem.safeParse(JSON.parse(text));
    return problem.success ? problem.data : null;
  } catch {
    return null;
  }
}

/** Longer lists of what is allowed help nobody on a terminal. */
const allowedShownMax = 40;

function problemWords({ detail, parameter, value, allowed, didYouMean }: z.infer<typeof Problem>): string {
  const list = typeof allowed === 'string' ? allowed : (allowed ?? []).slice(0, allowedShownMax).join(', ');
  const cut = typeof allowed === 'object' && allowed.length > allowedShownMax ? ', …' : '';
  const words = [
    `${parameter === undefined ? '' : `--${parameter}: `}${detail}`,
    value === undefined || value === '' ? '' : `Got: ${value}`,
    didYouMean === undefined ? '' : `Did you mean: ${didYouMean}`,
    list === '' ? '' : `Allowed: ${list}${cut}`,
  ];
  return words
    .filter((line) => line !== '')
    .map(printableLine)
    .join('\n');
}
