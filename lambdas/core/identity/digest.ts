import { createHash } from 'node:crypto';

/** 96 bits of a SHA-256, 16 characters of base64url: a source would need a million million entries before two agree by chance. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);
