import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const summary = process.env.SITREP_TEST_SUMMARY;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The SDK's notice about Node 20 would stand in every run's output.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Engine and CDK suites start child processes and synthesise templates; pure suites finish in milliseconds.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // One less than there are processors would be one on the two that a hosted runner has.
    maxWorkers: Math.max(2, availableParallelism()),
    reporters: summary === undefined ? ['default'] : ['default', ['json', { outputFile: summary }]],
  },
});
