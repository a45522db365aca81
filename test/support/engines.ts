import { spawnSync } from 'node:child_process';
import {
  defaultEngine,
  type EngineName,
  engineNames,
  ensureTable,
  startEmbeddedEngine,
} from '../../lambdas/adapters/local/embedded-engine.ts';

const reasons: Record<EngineName, () => string | null> = {
  dynoxide: () =>
    defaultEngine() === 'dynoxide' ? null : `no dynoxide program for ${process.platform}-${process.arch}`,
  dynalite: () => null,
  'dynamodb-local': () => (spawnSync('java', ['-version']).status === 0 ? null : 'no Java on this machine'),
};

/** The engines that can run here; those that cannot are named on stderr with the reason, never passed over silently. */
export function runnableEngines(): EngineName[] {
  return engineNames.filter((name) => {
    const reason = reasons[name]();
    if (reason !== null) process.stderr.write(`store suites on ${name} do not run: ${reason}\n`);
    return reason === null;
  });
}

/** An engine in memory with an empty table, for one suite. */
export async function startTestTable(engine: EngineName = defaultEngine()) {
  const running = await startEmbeddedEngine({ directory: null, engine });
  const name = 'sitrep';
  await ensureTable(running.client, name);
  return { client: running.client, name, stop: running.stop };
}
