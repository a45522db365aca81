import * as z from 'zod/mini';
import { limitMax } from '../../../lambdas/core/query/query-single.ts';
import type { AnswerFormat } from '../../../lambdas/core/query/answer-shape.ts';
import type { QueryAsked } from './query-options.ts';
import { type Answered, readAnswer } from './read-answer.ts';
import type { Wire } from './wire.ts';

/** One answer of the walk: its text as it came, how many stories are in it, and of JSON the stories themselves. */
export interface StoriesPage {
  readonly text: string;
  readonly count: number;
  readonly stories: readonly unknown[];
}

/** How far a walk came: stories read, and the cursor that goes on from there; null at the end of the wire. */
export interface WalkState {
  readonly stories: number;
  readonly cursor: string | null;
}

/** Answers that are read for a number of stories; a rarer match takes `--all`. */
const pagesMax = 20;

/** The media types of what is asked for; a table is made of JSON. */
const mediaTypes: Readonly<Record<AnswerFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
};

/** What is walked: a checked query in one format of the API, with the fields wanted. */
export type Walk = Pick<QueryAsked, 'filters' | 'storiesMax' | 'all' | 'cursor'> & {
  readonly format: AnswerFormat;
  readonly fields: string | null;
};

/**
 * Reads answer after answer along the cursor and hands each on before the next is asked for, so that no more than one is
 * in memory. Ends at the wire's end, with enough stories, or when the signal says so; `onState` always knows how far it came.
 */
export async function walkStories(
  wire: Wire,
  walk: Walk,
  means: {
    readonly signal: AbortSignal;
    readonly onPage: (page: StoriesPage) => Promise<void>;
    readonly onState: (state: WalkState) => void;
  },
): Promise<void> {
  let state: WalkState = { stories: 0, cursor: walk.cursor };
  const bound = walk.all ? Number.POSITIVE_INFINITY : pagesMax + Math.ceil(walk.storiesMax / limitMax);
  for (let pages = 0; pages < bound && state.stories < walk.storiesMax; pages += 1) {
    const { signal } = means;
    signal.throwIfAborted();
    const limit = Math.min(limitMax, walk.storiesMax - state.stories);
    const path = pathOf(walk, limit, state.cursor);
    const answered = await readAnswer(wire, path, { mediaType: mediaTypes[walk.format], signal });
    const { page, nextCursor } = readers[walk.format](answered);
    await means.onPage(pages > 0 && walk.format === 'csv' ? withoutHeader(page) : page);
    state = { stories: state.stories + page.count, cursor: nextCursor };
    means.onState(state);
    if (nextCursor === null) return;
  }
}

function pathOf({ filters, format, fields }: Walk, limit: number, cursor: string | null): string {
  const pairs: (readonly [string, string])[] = [...filters, ['limit', String(limit)]];
  if (cursor !== null) pairs.push(['cursor', cursor]);
  if (format !== 'json') pairs.push(['format', format]);
  if (fields !== null) pairs.push(['fields', fields]);
  return `/api/stories?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

interface Read {
  readonly page: StoriesPage;
  readonly nextCursor: string | null;
}

const Stories = z.object({ stories: z.array(z.unknown()), nextCursor: z.nullable(z.string()) });

const readers: Readonly<Record<AnswerFormat, (answered: Answered) => Read>> = {
  json: ({ text }) => {
    const { stories, nextCursor } = checkedAs(Stories, documentOf(text), '{"stories":[…],"nextCursor":…}');
    return { page: { text, count: stories.length, stories }, nextCursor };
  },
  csv: ({ text, nextCursor }) => ({ page: { text, count: recordsOf(text) - 1, stories: [] }, nextCursor }),
  ndjson: ({ text, nextCursor }) => ({
    page: { text, count: text.split('\n').length - 1, stories: [] },
    nextCursor,
  }),
};

/** The value when it is of this shape. Throws in words when it is not. */
export function checkedAs<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  shape: string,
): z.infer<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the document').slice(0, 5);
  throw new Error(`Expected ${shape}, got another answer (${fields.join(', ')})`);
}

/** What the JSON says; null, which is of no shape asked for, when it is none. */
export function documentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Records end with CRLF outside quotes; every second part between quotes is inside. */
const recordsOf = (csv: string): number =>
  csv
    .split('"')
    .reduce((count, part, at) => (at % 2 === 0 ? count + part.split('\r\n').length - 1 : count), 0);

/** The header names fields alone, so the first line end is its end. */
const withoutHeader = (page: StoriesPage): StoriesPage => ({
  ...page,
  text: page.text.slice(page.text.indexOf('\r\n') + 2),
});
