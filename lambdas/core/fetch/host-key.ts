/**
 * The host an address counts for: its name in lower case without a final dot and without `www.`, which is the same
 * server almost everywhere. The port does not matter. `url` must be absolute; throws a TypeError otherwise.
 */
export const hostKey = (url: string): string =>
  new URL(url).hostname.replace(/\.$/, '').replace(/^www\./, '');
