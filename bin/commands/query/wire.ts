/** A wire that can be asked. `name` is what messages call it. */
export interface Wire {
  readonly name: string;
  /** The answer to a GET of this path, within a bound of time. Throws in words that say what was wrong. */
  get(path: string, signal: AbortSignal): Promise<Response>;
  close(): Promise<void>;
}

/** An answer gets this long, from the connection to its last byte. */
const answerMsMax = 30_000;

/** The wire at an address, which may have a path in front of `/api`. Redirects are not followed: they would hide a wrong address. */
export function wireAt(address: string): Wire {
  const base = address.replace(/\/+$/, '');
  return {
    name: base,
    get: async (path, signal) => {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]);
      const headers = { accept: 'application/json, */*;q=0.5' };
      try {
        return await fetch(`${base}${path}`, { redirect: 'manual', headers, signal: bounded });
      } catch (cause) {
        throw networkFault(base, cause);
      }
    },
    close: async () => undefined,
  };
}

/** What a failed connection or a broken transfer comes to, in words; an interrupt stays what it is. */
export function networkFault(base: string, cause: unknown): Error {
  return new Error(`Expected an answer from ${base}, got ${reasonOf(cause)}`, { cause });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listening there',
  ECONNRESET: 'a connection that was cut',
  ENOTFOUND: 'no host of that name',
  EAI_AGAIN: 'no answer from the name server',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_SOCKET: 'a connection that was cut',
  TimeoutError: `nothing complete within ${answerMsMax / 1_000} s`,
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = reasons[codeOf(error)];
  if (known !== undefined) return known;
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name;
