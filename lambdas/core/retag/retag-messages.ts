import * as z from 'zod/mini';
import { retagModes } from './retag-progress.ts';

const mode = z.enum(retagModes);

/**
 * Go on with this walk. Where it stands is in the progress row, so a message that comes twice, or again from the
 * dead-letter queue, goes on from there; of two at once, the one that saves second ends.
 */
export const RetagRequest = z.object({ v: z.literal(1), mode, run: z.string().check(z.maxLength(64)) });
export type RetagRequest = z.infer<typeof RetagRequest>;

/**
 * What a person may send to the function: start (or go on with) a walk, or say how far one has come. `since` as in a
 * query (2026-05-01, 30d); `restart` begins anew where an unfinished walk would be taken up.
 */
export const RetagCommand = z.union([
  z.strictObject({
    start: mode,
    since: z.optional(z.string().check(z.maxLength(40))),
    restart: z.optional(z.boolean()),
  }),
  z.strictObject({ status: mode }),
]);
export type RetagCommand = z.infer<typeof RetagCommand>;
