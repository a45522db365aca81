const periodMinutes = new Map([
  ['hourly', 60],
  ['daily', 1_440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

/**
 * Minutes between updates from `sy:updatePeriod` and `sy:updateFrequency` (times per period, 1 if absent); null when
 * no period is given or the frequency is no positive number. Source: RSS 1.0 syndication module.
 */
export function syndicationMinutes(period: string | undefined, frequency: string | undefined): number | null {
  const minutes = periodMinutes.get(period?.toLowerCase() ?? '');
  const times = frequency === undefined ? 1 : Number(frequency);
  if (minutes === undefined || !(times > 0)) return null;
  return Math.max(1, Math.round(minutes / times));
}
