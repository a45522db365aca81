import { createHash } from 'node:crypto';

/** Eight characters that stand for a feed's address in its schedule row: another address there means a feed that moved. */
export const addressMark = (url: string): string =>
  createHash('sha256').update(url).digest('base64url').slice(0, 8);
