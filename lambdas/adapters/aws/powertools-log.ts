import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../../ports.ts';

/**
 * The log of a deployed function: one structured JSON line per event in CloudWatch, through powertools. The service name
 * and level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL.
 */
export function createPowertoolsLog(persistent: Readonly<Record<string, string>>): Log {
  const logger = new Logger({ persistentKeys: { ...persistent } });
  return {
    info: (event, fields) => logger.info(event, { ...fields }),
    warn: (event, fields) => logger.warn(event, { ...fields }),
    error: (event, fields) => logger.error(event, { ...fields }),
  };
}
