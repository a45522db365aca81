const names = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** Query parameters by which publishers and senders follow a reader; they never choose the page. */
const trackers = names(
  // Click identifiers: Meta, Google Ads, Microsoft Ads, X, TikTok, LinkedIn, Yandex, Instagram.
  'fbclid gclid gclsrc dclid wbraid gbraid msclkid twclid ttclid li_fat_id yclid ysclid igsh igshid srsltid',
  // Newsletters and marketing suites: Mailchimp, HubSpot, Marketo, Vero, Olytics, Klaviyo, Adobe, Drip, Kit.
  'mc_cid mc_eid _hsenc _hsmi mkt_tok vero_id vero_conv oly_enc_id oly_anon_id _ke s_cid __s ck_subscriber_id',
  // Analytics: Google linker, AT Internet, Webtrends, Cxense.
  '_ga _gl xtor wt.mc_id wt_mc cx_testid',
  // How a newsroom names where its own link stands: McClatchy, CNN, BBC, NYT, Microsoft and others.
  'ncid cmpid cmp ocid smid smtyp at_medium at_campaign taid',
);

/** Families of parameters with one beginning: Google Analytics, Matomo, Piwik, HubSpot ads, AT Internet. */
const families = /^(?:utm_|mtm_|matomo_|pk_|piwik_|hsa_|at_custom)/;

/** True for a query parameter that only tracks. `name` as it stands in the address, in any case. */
export function isTrackingParameter(name: string): boolean {
  const lower = name.toLowerCase();
  return trackers.has(lower) || families.test(lower);
}

const sessionNames = names(
  // Sessions of PHP, Java, ColdFusion and ASP.
  'phpsessid jsessionid sessionid session_id session sid cfid cftoken aspsessionid',
  // Signed and expiring addresses.
  'token access_token auth nonce sig signature expires ts timestamp',
  // Cache breakers; `_` is jQuery's.
  'cb cachebuster cachebust nocache rnd rand random _',
);

/**
 * True for a parameter that may differ each time the same page is listed: a session, a signature, a cache breaker, or
 * a value that looks drawn by lot (16 or more letters and digits mixed, no words parted by dashes).
 */
export function isVolatileParameter(name: string, value: string): boolean {
  if (sessionNames.has(name.toLowerCase())) return true;
  return /^\w{16,}={0,2}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}
