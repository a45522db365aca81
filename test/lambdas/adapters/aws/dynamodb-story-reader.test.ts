import { runnableEngines } from '../../../support/engines.ts';
import { storyStoreContract } from './story-store.contract.ts';

for (const engine of runnableEngines()) storyStoreContract(engine);
