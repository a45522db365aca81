import { version } from '../words/version.ts';

/**
 * Who we are, for publishers' logs: name, version and where to complain. A run on somebody's own machine may have no
 * address of its own and then says that. Source: RFC 9110 section 10.1.5.
 */
export const userAgent = (contactUrl: string | null): string =>
  `Sitrep/${version} (${contactUrl === null ? 'a reader on its own machine' : `+${contactUrl}`})`;
