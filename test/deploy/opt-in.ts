/** Why the suites that run the real command line do not run, or null. They take a minute, so they are asked for. */
export const notAskedFor: string | null =
  process.env.SITREP_DEPLOY_TEST === '1' ? null : 'SITREP_DEPLOY_TEST is not 1';
