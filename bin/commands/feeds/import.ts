import path from 'node:path';
import { additionsTo } from '../../../lambdas/core/catalogue/catalogue-merge.ts';
import { renderCatalogue } from '../../../lambdas/core/catalogue/catalogue-yaml.ts';
import { opmlLimits, readOpml } from '../../../lambdas/core/catalogue/opml.ts';
import { opmlText } from '../../catalogue-text.ts';
import { DataError } from '../../compile-data.ts';
import { readBounded, readStreamBounded } from '../../read-bounded.ts';
import { writeText } from '../../write-text.ts';
import { addToCatalogue, openCatalogue } from './catalogue-file.ts';
import { expectOperands, type FeedsCall } from './feeds-call.ts';

/**
 * `sitrep feeds import`: adds what an OPML list has and the catalogue lacks, and counts added, already there and refused.
 * Gives the exit code. Throws DataError, with the catalogue as it was, when the list is damaged.
 */
export async function importFeeds(call: FeedsCall): Promise<number> {
  expectOperands(call, 1, 'one OPML file');
  const { io, values } = call;
  const [file = ''] = call.operands;
  const name = file === '-' ? 'stdin' : file;
  const opened = openCatalogue(call, true);
  const bytes =
    file === '-'
      ? await readStreamBounded(io.stdin, name, opmlLimits.bytesMax)
      : readBounded(path.resolve(io.workingDirectory, file), opmlLimits.bytesMax);
  const reading = readOpml(opmlText(bytes, name));
  if (!reading.ok) throw new DataError(reading.problems.map((problem) => `${name}:${problem}`));
  const { added, known } = additionsTo(opened.catalogue, reading.catalogue);
  const dryRun = values['dry-run'] === true;
  if (added.feeds.length > 0 && !dryRun) addToCatalogue(call, opened, added);
  const { refused, refusedCount, repaired, repeats } = reading;
  const alreadyThere = known + repeats;
  if (values.json) {
    await writeText(
      io.stdout,
      `${JSON.stringify({ dryRun, added, alreadyThere, refusedCount, refused, repaired })}\n`,
    );
    return 0;
  }
  for (const { line, reason } of repaired)
    io.stderr.write(`${name}:${line} outline: read although ${reason}\n`);
  for (const { line, reason } of refused) io.stderr.write(`${name}:${line} outline: refused, ${reason}\n`);
  if (refusedCount > refused.length) io.stderr.write(`… and ${refusedCount - refused.length} more\n`);
  if (added.feeds.length > 0) await writeText(io.stdout, renderCatalogue(added));
  const count = added.feeds.length;
  const verb = dryRun ? 'would be added' : 'added';
  io.stderr.write(
    `${count} ${count === 1 ? 'feed' : 'feeds'} ${verb}, ${alreadyThere} already there, ${refusedCount} refused\n`,
  );
  return 0;
}
