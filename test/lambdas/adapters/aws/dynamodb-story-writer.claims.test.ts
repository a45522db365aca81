import { afterAll } from 'vitest';
import { createDynamoStoryWriter } from '../../../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import { runnableEngines, startTestTable } from '../../../support/engines.ts';
import { storyWriterContract } from '../story-writer.contract.ts';

const clock = () => Date.parse('2026-11-20T12:00:00.000Z');
const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

for (const engine of runnableEngines()) {
  storyWriterContract(`on ${engine}`, async () => {
    const { client, name, stop } = await startTestTable(engine);
    stops.push(stop);
    return createDynamoStoryWriter({ client, name, clock, retentionDays: 0 });
  });
}
