import { runnableEngines } from '../../../support/engines.ts';
import { feedStateStoreContract } from './feed-state-store.contract.ts';

for (const engine of runnableEngines()) feedStateStoreContract(engine);
