import * as z from 'zod/mini';

/**
 * What each function is given through its environment. The stack must provide exactly these names (the type is
 * checked at compile time) and each entry point parses them once, at start, and fails with the names that are wrong.
 */

const text = z.string().check(z.minLength(1));
const wholeNumber = z.pipe(z.string().check(z.regex(/^\d{1,6}$/)), z.transform(Number));

const common = {
  TABLE_NAME: text,
  STAGE: text,
  POWERTOOLS_SERVICE_NAME: text,
};

export const ScheduleEnvironment = z.object({
  ...common,
  POLL_QUEUE_URL: text,
  /** Scheduled polls a day of all feeds together; 0: as many as their intervals come to. */
  REQUEST_BUDGET: wholeNumber,
  /** As the poll function's: feeds of these hosts need no turns. */
  ALLOWED_HOSTS: z.string(),
});

export const PollEnvironment = z.object({
  ...common,
  INGEST_QUEUE_URL: text,
  /** Contact address that publishers see in the User-Agent. */
  CONTACT_URL: text,
  /** Comma-separated HOST or HOST:PORT that may be private addresses; empty in the normal case. */
  ALLOWED_HOSTS: z.string(),
});

export const IngestEnvironment = z.object({
  ...common,
  /** Days a story is kept after first sight; 0 keeps it for ever. */
  RETENTION_DAYS: wholeNumber,
});

export const RetagEnvironment = z.object({
  ...common,
  /** The function's own queue: a walk goes on by a message to itself. */
  RETAG_QUEUE_URL: text,
  /** Days a story is kept after first sight; 0 keeps it for ever. */
  RETENTION_DAYS: wholeNumber,
});

export const ServeEnvironment = z.object({
  ...common,
  /** Public address of the edge, without a trailing slash; self links are built from it, never from Host. */
  PUBLIC_URL: text,
  /** Shared with the edge, which sends it as x-origin-verify; a request without it is refused. */
  ORIGIN_SECRET: text,
});

/** The environment of one function as the stack writes it: names and strings. */
export type EnvironmentOf<Schema extends z.ZodMiniType> = Record<keyof z.input<Schema> & string, string>;

/** Reads and checks the environment; throws naming every variable that is missing or malformed. */
export function readEnvironment<Schema extends z.ZodMiniType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const result = z.safeParse(schema, environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => issue.path.join('.') || issue.message).join(', ');
  throw new Error(`Expected valid environment variables, got missing or malformed: ${wrong}`);
}
