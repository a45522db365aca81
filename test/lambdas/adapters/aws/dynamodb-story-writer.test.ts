import { runnableEngines } from '../../../support/engines.ts';
import { storyFaultsContract } from './story-faults.contract.ts';

for (const engine of runnableEngines()) storyFaultsContract(engine);
