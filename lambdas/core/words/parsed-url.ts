/**
 * The address as a URL, resolved against `base`; null when it is none. Never throws.
 * Not by URL.canParse: once it is compiled, Node 20.20 reads Latin-1 strings with it as UTF-8 and says no to
 * `https://é.example/` (measured).
 */
export function parsedUrl(address: string, base?: string | null): URL | null {
  try {
    return new URL(address, base ?? undefined);
  } catch {
    return null;
  }
}
