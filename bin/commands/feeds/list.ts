import { writeText } from '../../write-text.ts';
import { loadCatalogue } from './catalogue-file.ts';
import { expectOperands, type FeedsCall } from './feeds-call.ts';

/** `sitrep feeds list`: a row a feed, or the whole catalogue as JSON. Gives the exit code. */
export async function listFeeds(call: FeedsCall): Promise<number> {
  expectOperands(call, 0, 'no operand');
  const catalogue = loadCatalogue(call);
  if (call.values.json) {
    await writeText(call.io.stdout, `${JSON.stringify(catalogue)}\n`);
    return 0;
  }
  const rows = catalogue.feeds.map(({ id, kind, country, language, url }) => [
    id,
    kind,
    country,
    language,
    url,
  ]);
  await writeText(call.io.stdout, table(['feed', 'kind', 'country', 'lang', 'address'], rows));
  return 0;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    rows.reduce((width, row) => Math.max(width, (row[column] ?? '').length), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}
