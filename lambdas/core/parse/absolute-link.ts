import { parsedUrl } from '../words/parsed-url.ts';

const web = /^https?:$/;
const cleanAddress = /^https?:\/\/[^\s"<>\\^`{|}\0-\x20\x7F]+$/i;

/**
 * Absolute http(s) address of a link as a feed gives it, resolved against `base`; null when it is none (`javascript:`,
 * `mailto:`, broken). An address that is absolute already stays as the publisher wrote it. `www.example.org/x`, with
 * the scheme forgotten, means https. Never throws. Source: RFC 3986 §5, WHATWG URL for what needs repair.
 */
export function absoluteLink(link: string, base: string | null): string | null {
  const trimmed = link.replace(/[\t\r\n]+/g, '').trim();
  if (trimmed === '') return null;
  if (cleanAddress.test(trimmed)) return parsedUrl(trimmed) === null ? null : trimmed;
  const candidate = /^www\.[\w-]+\.[\w-]/i.test(trimmed) ? `https://${trimmed}` : trimmed;
  const url = parsedUrl(candidate, base);
  return url !== null && web.test(url.protocol) && url.hostname !== '' ? url.href : null;
}
