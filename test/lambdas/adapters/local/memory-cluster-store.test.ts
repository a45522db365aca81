import { createMemoryClusterStore } from '../../../../lambdas/adapters/local/memory-cluster-store.ts';
import { clusterStoreContract } from '../cluster-store.contract.ts';

clusterStoreContract('in memory', async (clock) => createMemoryClusterStore(clock));
