import { version } from '../words/version.ts';

/** Who we are, for publishers' logs: name, version and where to complain. Source: RFC 9110 section 10.1.5. */
export const userAgent = (contactUrl: string): string => `Sitrep/${version} (+${contactUrl})`;
