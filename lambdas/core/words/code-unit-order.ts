/** Order by code unit: the same on every machine, unlike a locale's. For Array.prototype.sort. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The values without repeats, in code unit order. */
export const sortedUnique = (values: readonly string[]): string[] => [...new Set(values)].sort(byCodeUnit);
