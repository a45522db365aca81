import { feedDate } from '../feed-dates.ts';
import { entriesMax, newestPositions } from '../newest-entries.ts';
import { ParseProblems } from '../parse-problems.ts';
import type { CollectedFeed, Draft, RefusedFeed } from './drafts.ts';
import { FeedCollector } from './feed-collector.ts';

/**
 * Collects the feed and its entries from XML text, well formed or not: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and
 * 1.0, under any prefix. Of more than `entriesMax` entries the newest of the first and the last ones are kept, in the
 * order of the document. Repairs and drops are noted in `problems`. Linear, never throws.
 */
export function collectFeed(
  text: string,
  documentBase: string | null,
  problems: ParseProblems,
): CollectedFeed | RefusedFeed {
  const collector = new FeedCollector(text, documentBase, problems);
  const head = collector.collect();
  const start = collector.surplusStart(entriesMax);
  if ('code' in head || start === null) return head;
  const tailProblems = new ParseProblems();
  const tail = new FeedCollector(text, documentBase, tailProblems, start).collect();
  const both = [...head.entries, ...('code' in tail ? [] : tail.entries)];
  const kept = newestPositions(both.map(dateOf), entriesMax);
  problems.include(tailProblems, head.entries.length);
  problems.renumber(kept);
  // The tail may be left out in part where its entries are nested wrongly; then they count as dropped.
  const rejected = Math.max(0, head.entries.length + head.rejected - kept.length);
  problems.add('too-many-entries', `Kept the newest ${kept.length} entries and dropped ${rejected}.`);
  return { ...head, entries: kept.flatMap((at) => both[at] ?? []), rejected };
}

function dateOf(entry: Draft): string | null {
  for (const field of ['published', 'updated'] as const) {
    for (const { value } of entry.of(field)) {
      const date = feedDate(value);
      if (date !== null) return date;
    }
  }
  return null;
}
