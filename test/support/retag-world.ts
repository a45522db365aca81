import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoRetagProgress } from '../../lambdas/adapters/aws/dynamodb-retag-progress.ts';
import { createDynamoStoryReader } from '../../lambdas/adapters/aws/dynamodb-story-reader.ts';
import { createDynamoStoryWriter } from '../../lambdas/adapters/aws/dynamodb-story-writer.ts';
import type { Table } from '../../lambdas/adapters/aws/dynamodb-table.ts';
import { openProgress, type RetagMode, type RetagProgress } from '../../lambdas/core/retag/retag-progress.ts';
import type { Story, Tags } from '../../lambdas/core/words/story.ts';
import { unpaced } from '../../lambdas/retag/pace.ts';
import { type WalkBounds, type WalkEnd, walkHistory } from '../../lambdas/retag/walk-history.ts';
import { recordingLog } from './recording-log.ts';
import { storyAt, tagsOf } from './stories.ts';

/** The time of every re-tagging test. */
export const nowMs = Date.parse('2026-11-20T12:00:00.000Z');

/** Tags by words of the title: `boat`, `plane` and, since the second version of the rules, `drone`. */
export const tagBy =
  (version: 1 | 2) =>
  ({ title }: { readonly title: string }): Tags => {
    const topics = [
      ...(/boat/i.test(title) ? [version === 1 ? 'sea.boats' : 'sea.submarines'] : []),
      ...(/plane/i.test(title) ? ['air.planes'] : []),
      ...(version === 2 && /drone/i.test(title) ? ['air.drones'] : []),
    ];
    return tagsOf(topics, /norway/i.test(title) ? ['NO'] : []);
  };

const titles = [
  'Boat in Norway',
  'Drone boat',
  'Plane lands',
  'Drone flies',
  'Nothing at all',
  'Drone plane',
];

/** A story tagged by the first version of the rules; they lie twenty days apart, the first is the newest. */
export function oldStory(number: number, parts: Partial<Story> = {}): Story {
  const title = `${titles[number % titles.length]}, ${number}`;
  const at = new Date(nowMs - number * 20 * 86_400_000 - 3_600_000).toISOString();
  const story = storyAt(number, at, { title, summary: '', tags: tagBy(1)({ title }) });
  return { ...story, ...parts };
}

/** What a walk over a table needs, with rules of this version; `client` may be one that fails. */
export function walker(table: Table, version: 1 | 2 = 2) {
  const recorded = recordingLog();
  const progress = createDynamoRetagProgress(table);
  const deps = {
    progress,
    reader: createDynamoStoryReader(table),
    stories: createDynamoStoryWriter(table),
    tag: tagBy(version),
    taxonomyVersion: version,
    spend: unpaced,
    clock: table.clock,
    log: recorded.log,
    onBatch: () => undefined,
  };
  const open = async (mode: RetagMode): Promise<RetagProgress> =>
    openProgress(await progress.load(mode), {
      mode,
      fingerprint: `rules-${version}`,
      taxonomyVersion: version,
      since: null,
      restart: false,
      now: new Date(table.clock()).toISOString(),
    });
  const walk = async (mode: RetagMode = 'apply', bounds: Partial<WalkBounds> = {}): Promise<WalkEnd> =>
    walkHistory(deps, await open(mode), { ...noBounds, ...bounds });
  return { ...recorded, deps, open, walk };
}

export const noBounds: WalkBounds = {
  storiesMax: Number.POSITIVE_INFINITY,
  msMax: Number.POSITIVE_INFINITY,
  stop: new AbortController().signal,
};

/** Every row of the table but the progress of re-tagging, in order of keys. */
export async function rowsOf({ client, name }: Pick<Table, 'client' | 'name'>): Promise<unknown[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  const key = (item: Record<string, unknown>): string => `${item.pk} ${item.sk}`;
  return Items.filter(({ pk }) => pk !== 'RETAG').sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
