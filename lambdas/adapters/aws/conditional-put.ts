import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ifAllowed, type Table } from './dynamodb-table.ts';

/** A row to put where a condition holds for the row that stands there. */
export interface ConditionalPut {
  readonly Item: Record<string, unknown>;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, number | string>;
}

/** Whether the row was put; false when its condition did not hold, any other failure is thrown. */
export const conditionalPut = (table: Table, input: ConditionalPut): Promise<boolean> =>
  ifAllowed(table.client.send(new PutCommand({ TableName: table.name, ...input })));
