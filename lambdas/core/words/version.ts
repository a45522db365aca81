/** The release, as /healthz and the User-Agent give it; test/project.test.ts compares it with package.json. */
export const version = '0.1.0';
