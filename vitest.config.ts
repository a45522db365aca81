import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Engine and CDK suites start child processes and synthesise templates; pure suites finish in milliseconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
