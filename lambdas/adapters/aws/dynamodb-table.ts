import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../ports.ts';

/** The one table and how to reach it. `retentionDays` 0 keeps stories for ever. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly clock: Clock;
  readonly retentionDays: number;
}

/**
 * A document client with bounded patience: three attempts, 1 s to connect, 5 s an answer. In the cloud the endpoint and
 * credentials come from the environment; the local run passes its own.
 */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
    ...config,
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Was this error the store saying that a write's condition did not hold? */
export const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Whether a conditional write took place; false when its condition did not hold, any other failure is thrown. */
export async function ifAllowed(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

/** The table's time in whole seconds since the epoch, as `exp` counts. */
export const epochSeconds = (table: Pick<Table, 'clock'>): number => Math.floor(table.clock() / 1_000);

/** Time to live deletes late (up to days), so an item past its time is treated as gone. Source: DynamoDB TTL guide. */
export const isExpired = (item: { readonly exp?: unknown }, now: number): boolean =>
  typeof item.exp === 'number' && item.exp * 1_000 <= now;
