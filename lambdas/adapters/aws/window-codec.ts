import type { SeenEntry } from '../../core/poll/feed-state.ts';

/**
 * A seen-window as it is stored. Keys and hashes are chance in base64url, which deflate cannot shrink: their bytes go into
 * `bytes`, three for four characters, and `rows` keeps what is left, which repeats and deflates to almost nothing.
 * A row is key's head, key's byte count, hash's head, hash's byte count, day seen, day left.
 */
export interface StoredWindow {
  readonly rows: readonly StoredRow[];
  readonly bytes: Uint8Array;
}
type StoredRow = readonly [string, number, string, number, number, number | null];

/** About 24.5 bytes an entry once `rows` is deflated (29 as deflated JSON), measured; any text at all comes back exactly. */
export function storedWindow(window: readonly SeenEntry[]): StoredWindow {
  const parts: Uint8Array[] = [];
  const rows = window.map(({ key, hash, seenDay, leftDay }): StoredRow => {
    const [one, other] = [split(key), split(hash)];
    parts.push(one.bytes, other.bytes);
    return [one.head, one.bytes.length, other.head, other.bytes.length, seenDay, leftDay];
  });
  return { rows, bytes: Buffer.concat(parts) };
}

/** The window that was stored. Throws when `bytes` is not as long as the rows say. */
export function windowOf({ rows, bytes }: StoredWindow): SeenEntry[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const take = (count: number): string => {
    at += count;
    return all.toString('base64url', at - count, at);
  };
  const window = rows.map(([keyHead, keyBytes, hashHead, hashBytes, seenDay, leftDay]) => {
    const key = keyHead + take(keyBytes);
    return { key, hash: hashHead + take(hashBytes), seenDay, leftDay };
  });
  if (at !== all.length) throw new Error(`Expected ${at} bytes of keys and hashes, got ${all.length}`);
  return window;
}

/** The longest end of a text that is whole groups of base64url as bytes, and its head; all head when it is other text. */
function split(text: string): { head: string; bytes: Uint8Array } {
  const headLength = text.length % 4;
  const bytes = Buffer.from(text.slice(headLength), 'base64url');
  const isExact = bytes.toString('base64url') === text.slice(headLength);
  return isExact ? { head: text.slice(0, headLength), bytes } : { head: text, bytes: new Uint8Array() };
}
