import type { QueryProblem } from '../query/query-problem.ts';
import { singleLine } from './xml-text.ts';

/** Characters of a refused value that are repeated to its sender. */
const shownLengthMax = 80;
const detailLengthMax = 300;
/** Longer lists of allowed values (sources of a large catalogue) are cut; the route that lists them has them all. */
const allowedMax = 200;

/** The kinds of failure this API reports; the last part of the problem's `type`. */
export const problemTypes = {
  'bad-request': 400,
  'bad-parameter': 400,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'content-too-large': 413,
  'uri-too-long': 414,
  'header-fields-too-large': 431,
  failed: 500,
  unavailable: 503,
} as const;
export type ProblemType = keyof typeof problemTypes;

/**
 * A problem document. `about` adds the parameter, the value as sent (capped, on one line) and what is allowed.
 * Source: RFC 9457 §3.
 */
export function problemJson(type: ProblemType, detail: string, about: QueryProblem | null = null): string {
  const document = {
    type: `urn:sitrep:problem:${type}`,
    title: type[0]?.toUpperCase() + type.slice(1).replaceAll('-', ' '),
    status: problemTypes[type],
    detail: shown(detail, detailLengthMax),
    ...(about === null ? {} : aboutFields(about)),
  };
  return `${JSON.stringify(document)}\n`;
}

function aboutFields({ parameter, value, allowed, didYouMean }: QueryProblem) {
  return {
    ...(parameter === null ? {} : { parameter: shown(parameter) }),
    ...(value === null ? {} : { value: shown(value) }),
    ...(allowed === null
      ? {}
      : { allowed: typeof allowed === 'string' ? allowed : allowed.slice(0, allowedMax) }),
    ...(didYouMean === null ? {} : { didYouMean }),
  };
}

/** Sent text as it may be repeated: one line, capped by code points, without invisible or direction-changing characters. */
function shown(text: string, lengthMax = shownLengthMax): string {
  const points = [...singleLine(text.slice(0, 4 * lengthMax)).replaceAll(/[\p{Cc}\p{Cf}]/gu, '')];
  return points.length <= lengthMax ? points.join('') : `${points.slice(0, lengthMax - 1).join('')}…`;
}
