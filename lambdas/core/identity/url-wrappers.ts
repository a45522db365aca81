import { feedsPortalTarget, googleNewsTarget, proofpointTarget } from './url-decoders.ts';

/** How the links of one host hold their targets. `target` gives what stands there, unchecked; null when the link holds none. */
export interface UrlWrapper {
  /** The name itself (and with `www.`) only, because its other names serve pages. */
  readonly isWholeHost: boolean;
  readonly target: (url: URL) => string | null;
}

/** The value of the first of these parameters that is there, on a path that fits. */
const parameter =
  (path: RegExp, ...names: readonly string[]) =>
  (url: URL): string | null =>
    path.test(url.pathname)
      ? (names.map((name) => url.searchParams.get(name)).find((value) => value) ?? null)
      : null;

const whole = (target: UrlWrapper['target']): UrlWrapper => ({ isWholeHost: true, target });
const within = (target: UrlWrapper['target']): UrlWrapper => ({ isWholeHost: false, target });

const any = /^/;

/** `google.com/url?q=` of search and of Alerts, `google.com/amp/s/example.org/a`. */
const google = whole((url) => parameter(/^\/url$/, 'url', 'q')(url) ?? ampPath(url, /^\/amp\/(s\/)?(.+)$/));

/** `https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a`: `c`, `v` or `wp` for what it is, `s` for https. */
const ampCache = within((url) => ampPath(url, /^\/(?:[a-z]{1,2}\/)(s\/)?(.+)$/));

function ampPath(url: URL, form: RegExp): string | null {
  const [, secure, rest] = form.exec(url.pathname) ?? [];
  if (rest === undefined || !/^[^/]+\.[^/]+/.test(rest)) return null;
  return `${secure === undefined ? 'http' : 'https'}://${rest}${url.search}`;
}

/** `/x/https:%2F%2Fexample.org%2Fa/1/…`: GovDelivery, Amazon SES. */
const encodedPart =
  (path: RegExp) =>
  (url: URL): string | null =>
    decoded(path.exec(url.pathname)?.[1] ?? '');

function decoded(text: string): string | null {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** `bing.com/ck/a?u=a1<base64url>`. */
function bingTarget(url: URL): string | null {
  const news = parameter(/^\/news\/apiclick\.aspx$/i, 'url')(url);
  const coded = /^\/ck\/a$/.test(url.pathname)
    ? (/^a1([\w-]+)$/.exec(url.searchParams.get('u') ?? '')?.[1] ?? '')
    : '';
  return news ?? (coded === '' ? null : Buffer.from(coded, 'base64url').toString('utf8'));
}

const facebook = within(parameter(/^\/(?:l|flx\/warn)(?:\.php)?\/?$/, 'u'));
const proofpoint = within(proofpointTarget);

/** Google's search answers under these ends of its name. */
const googleEnds =
  'com co.uk ca com.au co.in de fr es it nl be ch at pl se no dk fi pt ie cz gr hu ro com.tr com.ua co.il co.jp co.kr com.tw com.br com.mx co.nz co.za'.split(
    ' ',
  );

/**
 * Go-betweens whose links hold the address they lead to, by host. Only services that do nothing else with such a path:
 * a page that merely takes an address as a parameter (a translator, an archive, a share button) is a page of its own.
 * Source: their links as seen in feeds and mails; Proofpoint's published decoder; the AMP cache address format.
 */
export const urlWrappers: ReadonlyMap<string, UrlWrapper> = new Map([
  ...googleEnds.map((end) => [`google.${end}`, google] as const),
  ['news.google.com', whole(googleNewsTarget)],
  ['cdn.ampproject.org', ampCache],
  ['bing.com', whole(bingTarget)],
  ['r.search.yahoo.com', whole(encodedPart(/\/RU=([^/]+)\//))],
  ['duckduckgo.com', whole(parameter(/^\/l\/?$/, 'uddg'))],
  ['facebook.com', facebook],
  ['l.instagram.com', whole(parameter(any, 'u'))],
  ['l.threads.com', whole(parameter(any, 'u'))],
  ['l.threads.net', whole(parameter(any, 'u'))],
  ['linkedin.com', whole(parameter(/^\/redir(?:ect)?(?:\/redirect)?\/?$/, 'url'))],
  ['youtube.com', whole(parameter(/^\/redirect$/, 'q'))],
  ['out.reddit.com', whole(parameter(any, 'url'))],
  ['vk.com', whole(parameter(/^\/away(?:\.php)?$/, 'to'))],
  ['t.umblr.com', whole(parameter(/^\/redirect$/, 'z'))],
  ['medium.com', whole(parameter(/^\/r\/?$/, 'url'))],
  ['flipboard.com', whole(parameter(/^\/redirect$/, 'url'))],
  ['slack-redir.net', whole(parameter(/^\/link$/, 'url'))],
  ['go.redirectingat.com', whole(parameter(any, 'url'))],
  ['go.skimresources.com', whole(parameter(any, 'url'))],
  ['redirect.viglink.com', whole(parameter(any, 'u'))],
  ['exit.sc', whole(parameter(any, 'url'))],
  ['safelinks.protection.outlook.com', within(parameter(any, 'url'))],
  ['safelinks.protection.office365.us', within(parameter(any, 'url'))],
  ['urldefense.com', proofpoint],
  ['urldefense.us', proofpoint],
  ['urldefense.proofpoint.com', proofpoint],
  ['govdelivery.com', within(encodedPart(/^\/CL0\/([^/]+)\//))],
  ['awstrack.me', within(encodedPart(/^\/L0\/([^/]+)\//))],
  ['feedsportal.com', within(feedsPortalTarget)],
  ['feedproxy.google.com', whole(parameter(any, 'url'))],
]);

/** The AMP cache has a name for each publisher, and one more end. */
export const isAmpCache = (host: string): boolean =>
  /(?:^|\.)(?:cdn\.ampproject\.org|ampproject\.net)$/.test(host);
