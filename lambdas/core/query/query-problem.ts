/**
 * Why a request's parameters were refused. `value` is what was sent (shown capped and cleaned, see render/problem.ts),
 * `allowed` a closed list or a description of what would do, `didYouMean` the nearest valid spelling.
 */
export interface QueryProblem {
  readonly parameter: string | null;
  readonly value: string | null;
  readonly detail: string;
  readonly allowed: readonly string[] | string | null;
  readonly didYouMean: string | null;
}

/** Either what was read, or the first problem met. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: QueryProblem };

/** A successful reading. */
export const read = <Value>(value: Value): Reading<Value> => ({ ok: true, value });

/** A refused reading; what is not given is null. */
export const refused = (
  problem: Pick<QueryProblem, 'detail'> & Partial<QueryProblem>,
): Reading<never> & { ok: false } => ({
  ok: false,
  problem: { parameter: null, value: null, allowed: null, didYouMean: null, ...problem },
});
