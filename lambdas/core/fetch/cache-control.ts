/** No real Cache-Control is longer; the rest of a longer one is ignored. */
const headerLengthMax = 2_048;

/** The directives of a Cache-Control header, names in lower case, the first of each kept; a bare one has the value ''. */
export function cacheDirectives(header: string | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of (header ?? '').slice(0, headerLengthMax).split(',')) {
    const [name = '', value = ''] = part.split('=', 2);
    const key = name.trim().toLowerCase();
    // RFC 9111 §5.2 asks recipients to read the token and the quoted form alike.
    if (key !== '' && !directives.has(key)) directives.set(key, value.trim().replace(/^"(.*)"$/, '$1'));
  }
  return directives;
}
