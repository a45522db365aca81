import { createMemoryStoryWriter } from '../../../../lambdas/adapters/local/memory-story-writer.ts';
import { storyWriterContract } from '../story-writer.contract.ts';

storyWriterContract('in memory', async () => createMemoryStoryWriter());
