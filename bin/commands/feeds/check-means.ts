import { setTimeout as pause } from 'node:timers/promises';
import { createGuardedFetcher } from '../../../lambdas/adapters/guarded-fetcher.ts';
import { createHostGate } from '../../../lambdas/adapters/host-gate.ts';
import { parseAllowedHosts } from '../../../lambdas/core/fetch/allowed-hosts.ts';
import { isOwnHost } from '../../../lambdas/core/fetch/own-host.ts';
import { userAgent } from '../../../lambdas/core/fetch/user-agent.ts';
import { usageError } from '../../command.ts';
import type { CheckMeans } from './check-feed.ts';
import type { FeedsCall } from './feeds-call.ts';

/** One request chain may take this long, in seconds; slow servers of ministries need more than a poll gives them. */
const timeoutSecondsUsual = 15;
const timeoutSecondsMax = 60;

/**
 * The guarded fetcher of a call, in its host's turn: at most two requests to a host at once, five seconds between their
 * starts unless the host is the operator's own. Throws a usage error on --allow-host or --timeout.
 */
export function checkMeans({ values }: FeedsCall): CheckMeans {
  const allowed = parseAllowedHosts(values['allow-host'] ?? []);
  if (!allowed.ok) throw usageError(`--allow-host: ${allowed.reason}`);
  const { hosts: allowedHosts } = allowed;
  const seconds = wholeNumber(values.timeout, {
    name: '--timeout',
    usual: timeoutSecondsUsual,
    max: timeoutSecondsMax,
  });
  const limits = { deadlineMs: seconds * 1_000 };
  const fetcher = createGuardedFetcher({ userAgent: userAgent(null), allowedHosts, limits });
  const gate = createHostGate({ clock: Date.now, pause, isOwnHost: (url) => isOwnHost(url, allowedHosts) });
  return { ask: (request) => gate.run(request.url, () => fetcher.fetch(request)), clock: Date.now };
}

/** The number an option holds, 1 to `max`; `usual` when it is not given. Throws a usage error on anything else. */
export function wholeNumber(
  text: string | undefined,
  { name, usual, max }: { readonly name: string; readonly usual: number; readonly max: number },
): number {
  if (text === undefined) return usual;
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number < 1 || number > max)
    throw usageError(`Expected ${name} to be 1 to ${max}, got ${text}`);
  return number;
}
