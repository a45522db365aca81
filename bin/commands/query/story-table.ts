import * as z from 'zod/mini';
import { cutToWidth, fitToWidth, textWidth } from './text-width.ts';
import { printableLine } from './terminal-text.ts';

/** What a row of the table needs of a story; `tableFields` are asked of the API so that nothing else is sent. */
export const TableStory = z.object({
  title: z.string(),
  source: z.string(),
  published: z.string(),
  topics: z.array(z.object({ topic: z.string() })),
  copies: z.array(z.unknown()),
  cluster: z.nullable(z.string()),
});
export type TableStory = z.infer<typeof TableStory>;
export const tableFields = 'id,title,source,published,topics,copies,cluster';

/** How the table is drawn; `nowMs` decides which times show their year. */
export interface TableLook {
  readonly width: number;
  readonly colours: boolean;
  readonly nowMs: number;
}

/** Cells of the columns before the title; the title has the rest of the line. */
export interface Columns {
  readonly source: number;
  readonly topic: number;
}

const [timeWidth, marksWidth, gap] = [11, 3, 1];

/** Columns as wide as these stories need, within a share of the line. Later pages keep the columns of the first. */
export function columnsFor(stories: readonly TableStory[], { width }: TableLook): Columns {
  const widest = (head: string, texts: readonly string[], share: number) =>
    Math.min(Math.max(textWidth(head), ...texts.map(textWidth)), Math.floor(width * share));
  return {
    source: widest('source', stories.map(sourceOf), 0.17),
    topic: widest('topic', stories.map(topicOf), 0.2),
  };
}

/** The line above the rows. */
export const tableHead = (columns: Columns, look: TableLook): string =>
  line({ time: 'time (UTC)', source: 'source', topic: 'topic', marks: '', title: 'title' }, columns, {
    ...look,
    colours: false,
  });

/** A row for each story: time, source, first topic, how many copies (`+2`) and whether it is one of an event (`*`), title. */
export const tableRows = (stories: readonly TableStory[], columns: Columns, look: TableLook): string =>
  stories
    .map((story) => {
      const cells = {
        time: timeOf(story.published, look.nowMs),
        source: sourceOf(story),
        topic: topicOf(story),
        marks: marksOf(story),
        title: printableLine(story.title),
      };
      return line(cells, columns, look);
    })
    .join('');

type Cells = Readonly<Record<'time' | 'source' | 'topic' | 'marks' | 'title', string>>;

function line(cells: Cells, columns: Columns, { width, colours }: TableLook): string {
  const before = timeWidth + columns.source + columns.topic + marksWidth + 4 * gap;
  const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return `${[
    paint(2, fitToWidth(cells.time, timeWidth)),
    fitToWidth(cells.source, columns.source),
    paint(36, fitToWidth(cells.topic, columns.topic)),
    paint(33, fitToWidth(cells.marks, marksWidth)),
    cutToWidth(cells.title, Math.max(1, width - before)),
  ]
    .join(' ')
    .trimEnd()}\n`;
}

const sourceOf = ({ source }: TableStory): string => printableLine(source);
const topicOf = ({ topics }: TableStory): string => printableLine(topics[0]?.topic ?? '-');

const marksOf = ({ copies, cluster }: TableStory): string =>
  `${copies.length === 0 ? '' : `+${copies.length}`}${cluster === null ? '' : '*'}`;

/** Stories are as old as this at most when the year goes without saying. */
const yearlessMsMax = 300 * 86_400_000;

/** `11-22 09:30`, or the date alone with its year for an old story; what is no time is shown as it is. */
function timeOf(published: string, nowMs: number): string {
  const at = Date.parse(published);
  if (Number.isNaN(at)) return printableLine(published);
  const text = new Date(at).toISOString();
  return nowMs - at <= yearlessMsMax ? `${text.slice(5, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}
