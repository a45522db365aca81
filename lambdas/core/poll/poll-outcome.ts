/**
 * Every poll ends in exactly one of these. `weight` is how much a failure counts towards slowing the feed down: `hard` ones
 * seldom pass by themselves, `soft` ones may, `temporary` ones do. `advice` is what an operator does next.
 */
export const pollOutcomes = {
  'new-entries': { weight: 'none', advice: 'Nothing to do.' },
  unchanged: { weight: 'none', advice: 'Nothing to do.' },
  'not-modified': { weight: 'none', advice: 'Nothing to do.' },
  redirected: {
    weight: 'soft',
    advice: 'Open the address in a browser and put the final feed address in the catalogue.',
  },
  'not-a-feed': {
    weight: 'hard',
    advice: 'Open the address; look for the page’s feed link and put that in the catalogue.',
  },
  'challenge-page': {
    weight: 'soft',
    advice: 'Ask the publisher to allow Sitrep’s user agent, or use another feed of the source.',
  },
  'login-page': {
    weight: 'hard',
    advice: 'The feed asks for an account; use an open feed of the source.',
  },
  'parking-page': {
    weight: 'hard',
    advice: 'The domain is parked or for sale; remove the feed or find the source’s new address.',
  },
  blocked: {
    weight: 'soft',
    advice: 'Ask the publisher to allow Sitrep’s user agent, or use another feed of the source.',
  },
  'not-found': {
    weight: 'hard',
    advice: 'Look for the feed’s new address; it may also come back by itself.',
  },
  gone: { weight: 'hard', advice: 'The publisher took the feed away; remove it or find its successor.' },
  'rate-limited': {
    weight: 'temporary',
    advice: 'Nothing at first; if it stays, raise `every.min` of the host’s feeds.',
  },
  'server-error': { weight: 'temporary', advice: 'Nothing at first; if it stays, tell the publisher.' },
  'too-large': { weight: 'hard', advice: 'Find a shorter feed of the source.' },
  timeout: { weight: 'temporary', advice: 'Nothing at first; if it stays, check the address in a browser.' },
  dns: { weight: 'temporary', advice: 'Check the host name; the domain may have lapsed.' },
  tls: { weight: 'soft', advice: 'The certificate does not check out; tell the publisher.' },
  connect: { weight: 'temporary', advice: 'Nothing at first; if it stays, check the address in a browser.' },
  protocol: { weight: 'soft', advice: 'The server breaks HTTP; tell the publisher.' },
  'parse-failed': {
    weight: 'soft',
    advice: 'Run `sitrep parse` on the document to see what is wrong with it.',
  },
  guarded: {
    weight: 'hard',
    advice: 'The address is private or not allowed; use --allow-host if it is meant.',
  },
  failed: {
    weight: 'temporary',
    advice: 'An unexpected fault on our side; the log line of the poll names it.',
  },
} as const satisfies Record<string, { weight: 'none' | 'temporary' | 'soft' | 'hard'; advice: string }>;

export type PollOutcome = keyof typeof pollOutcomes;
export type FailureWeight = (typeof pollOutcomes)[PollOutcome]['weight'];
