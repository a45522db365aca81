import { type Cell, csvMediaType, csvTable } from '../core/render/csv.ts';
import type { Answer } from './answer.ts';

/** A table as a CSV document; a browser that opens it saves it under this name instead of showing it. Source: RFC 6266 §4. */
export function csvAnswer(
  name: string,
  table: { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] },
  cacheControl: string,
): Answer {
  return {
    status: 200,
    mediaType: csvMediaType,
    body: csvTable(table.header, table.rows),
    cacheControl,
    lastModified: null,
    headers: { 'content-disposition': `attachment; filename="sitrep-${name}.csv"` },
  };
}
