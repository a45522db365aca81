import type { Stage } from './stages.ts';
import type { Storage } from './storage.ts';

export interface CommonEnvironmentProps {
  readonly stage: Stage;
  readonly storage: Storage;
  /** Hop the function is; names it in every log line. */
  readonly service: string;
}

/** The variables every function is given. */
export function commonEnvironment({ stage, storage, service }: CommonEnvironmentProps) {
  return {
    TABLE_NAME: storage.table.tableName,
    STAGE: stage.name,
    POWERTOOLS_SERVICE_NAME: `sitrep-${service}`,
  };
}
