import * as z from 'zod/mini';
import type { Terminal } from '../../command.ts';
import { writeText } from '../../write-text.ts';
import type { PrintFormat } from './query-options.ts';
import { type Columns, columnsFor, type TableLook, TableStory, tableHead, tableRows } from './story-table.ts';
import { printableData } from './terminal-text.ts';
import { checkedAs, type StoriesPage } from './walk-stories.ts';

/** Prints pages as they come; `end` completes what was begun, whatever stopped it. */
export interface StoryPrinter {
  page(page: StoriesPage): Promise<void>;
  end(cursor: string | null): Promise<void>;
}

/** A printer of this format on which nothing was printed yet. */
export function storyPrinter(format: PrintFormat, stdout: Terminal, look: TableLook): StoryPrinter {
  // What goes to a pipe is the wire's own bytes; a terminal is never sent commands that a publisher wrote.
  const print = (text: string) => writeText(stdout, stdout.isTTY === true ? printableData(text) : text);
  if (format === 'table') return tablePrinter((text) => writeText(stdout, text), look);
  if (format === 'json') return jsonPrinter(print);
  return { page: ({ text }) => print(text), end: async () => undefined };
}

type Print = (text: string) => Promise<void>;

function tablePrinter(print: Print, look: TableLook): StoryPrinter {
  let columns: Columns | null = null;
  return {
    page: async ({ stories }) => {
      const rows = checkedAs(
        z.array(TableStory),
        stories,
        'stories with title, source, published and topics',
      );
      if (rows.length === 0) return;
      const head = columns === null;
      columns ??= columnsFor(rows, look);
      await print(`${head ? tableHead(columns, look) : ''}${tableRows(rows, columns, look)}`);
    },
    end: async () => undefined,
  };
}

/** One document over all pages, as one answer of the API would be. */
function jsonPrinter(print: Print): StoryPrinter {
  let printed = 0;
  return {
    page: async ({ stories }) => {
      const lines = stories.map((story, at) => `${printed + at === 0 ? '' : ','}${JSON.stringify(story)}`);
      await print(`${printed === 0 && lines.length > 0 ? '{"stories":[' : ''}${lines.join('')}`);
      printed += stories.length;
    },
    end: (cursor) =>
      print(`${printed === 0 ? '{"stories":[' : ''}],"nextCursor":${JSON.stringify(cursor)}}\n`),
  };
}
