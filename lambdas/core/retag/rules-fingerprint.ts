import { createHash } from 'node:crypto';
import type { TaggingRules } from '../tag/rules.ts';
import { version } from '../words/version.ts';

/**
 * A short name (16 hex digits) of everything the tagger goes by: taxonomy, names, word classes, what was learnt, and the
 * release whose code reads them. Two runs with the same fingerprint give a text the same tags, so one may go on where the
 * other stopped. The taxonomy's own version is not enough: a phrase may change without it.
 */
export const rulesFingerprint = (rules: TaggingRules): string =>
  createHash('sha256')
    .update(`${version}\n${JSON.stringify(rules)}`)
    .digest('hex')
    .slice(0, 16);
