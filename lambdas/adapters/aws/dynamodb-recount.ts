import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { wireTag } from '../../core/story/story-line.ts';
import type { Table } from './dynamodb-table.ts';
import { bucketKey, bucketsPartition, linePartition } from './story-keys.ts';

/**
 * Counts the wire's lines anew, month by month, and sets each month's count: a writer killed between a line and its count
 * leaves it one short. Reads every line of the wire, so it is for a start after an unclean stop, with no writer at work, and
 * not for a request. Gives the stories in all.
 */
export async function recountWire(table: Table): Promise<number> {
  let total = 0;
  for (const month of await monthsOfWire(table)) {
    const stories = await linesIn(table, linePartition(wireTag, month));
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: bucketKey(wireTag, month),
        UpdateExpression: 'SET n = :stories',
        ExpressionAttributeValues: { ':stories': stories },
      }),
    );
    total += stories;
  }
  return total;
}

async function monthsOfWire(table: Table): Promise<string[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': bucketsPartition(wireTag) },
    }),
  );
  return Items.flatMap(({ sk }) => (typeof sk === 'string' ? [sk] : []));
}

async function linesIn(table: Table, partition: string): Promise<number> {
  let lines = 0;
  let resume: Record<string, unknown> | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        Select: 'COUNT',
        ExclusiveStartKey: resume,
      }),
    );
    lines += Count;
    resume = LastEvaluatedKey;
  } while (resume !== undefined);
  return lines;
}
