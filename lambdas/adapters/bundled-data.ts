import { readFileSync } from 'node:fs';
import type { Catalogue } from '../core/words/feed.ts';
import type { ClusterWeights } from '../core/cluster/weights.ts';
import type { TaggingRules } from '../core/tag/rules.ts';
import type { TopicTree } from '../core/words/topic.ts';

// The data files were checked when they were compiled into the bundle (bin/compile-data.ts), so they are trusted here.
const bundled = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/** The catalogue beside the bundle. Throws when the bundle is incomplete. */
export const bundledCatalogue = (): Catalogue => bundled('./catalogue.json') as Catalogue;

/** The compiled tagging rules beside the bundle. */
export const bundledRules = (): TaggingRules => bundled('./taxonomy.json') as TaggingRules;

/** The clustering weights beside the bundle. */
export const bundledClusterWeights = (): ClusterWeights => bundled('./clusters.json') as ClusterWeights;

/** Topic names and definitions beside the bundle. */
export const bundledTopics = (): TopicTree => bundled('./topics.json') as TopicTree;
