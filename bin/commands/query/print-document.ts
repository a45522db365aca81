import type { CommandIo } from '../../command.ts';
import { writeText } from '../../write-text.ts';
import type { QueryAsked } from './query-options.ts';
import { readAnswer } from './read-answer.ts';
import { CardStory, storyCard } from './story-card.ts';
import { columnsFor, type TableLook, TableStory, tableHead, tableRows } from './story-table.ts';
import { wrappedToWidth } from './text-width.ts';
import { printableData, printableLine } from './terminal-text.ts';
import { checkedAs, documentOf } from './walk-stories.ts';
import type { Wire } from './wire.ts';
import * as z from 'zod/mini';

/** The one document asked for. */
type DocumentAsked = Pick<QueryAsked, 'format'> & { readonly what: Exclude<QueryAsked['what'], 'stories'> };

const addresses = { story: '/api/stories/', cluster: '/api/clusters/' } as const;
const CardCluster = z.object({
  title: z.string(),
  counts: z.object({ stories: z.number(), independent: z.number(), sources: z.number() }),
  members: z.array(TableStory),
});

/** Prints one story or one cluster, for people or as the JSON it came as. Gives the exit code. */
export async function printDocument(
  wire: Wire,
  { what, format }: DocumentAsked,
  { io, look }: { readonly io: CommandIo; readonly look: TableLook },
): Promise<number> {
  const path = `${addresses[what.kind]}${what.id}`;
  const { text } = await readAnswer(wire, path, { mediaType: 'application/json', signal: io.interrupted });
  const shown =
    format === 'json' ? text : what.kind === 'story' ? storyText(text, look) : clusterText(text, look);
  await writeText(io.stdout, format === 'json' && io.stdout.isTTY === true ? printableData(shown) : shown);
  return 0;
}

const storyText = (text: string, { width }: TableLook): string =>
  storyCard(checkedAs(CardStory, documentOf(text), 'a story with its tags'), width);

function clusterText(text: string, look: TableLook): string {
  const { title, counts, members } = checkedAs(CardCluster, documentOf(text), 'a cluster with its stories');
  const { stories, independent, sources } = counts;
  const columns = columnsFor(members, look);
  const heading = wrappedToWidth(printableLine(title), look.width).join('\n');
  const facts = `${stories} stories by ${sources} sources; ${independent} texts that differ`;
  return `${heading}\n${facts}\n\n${tableHead(columns, look)}${tableRows(members, columns, look)}`;
}
