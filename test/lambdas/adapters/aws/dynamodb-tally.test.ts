import { runnableEngines } from '../../../support/engines.ts';
import { tallyContract } from './tally.contract.ts';

for (const engine of runnableEngines()) tallyContract(engine);
