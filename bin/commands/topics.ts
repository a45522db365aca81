import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { lintTaxonomy } from '../../lambdas/core/tag/lint-taxonomy.ts';
import type { PhraseRemark } from '../../lambdas/core/tag/lint-taxonomy.ts';
import { createTextReader } from '../../lambdas/core/tag/tag.ts';
import { readTaxonomy } from '../../lambdas/core/tag/taxonomy.ts';
import { type CommandIo, isUsageError, usageError } from '../command.ts';
import { DataError, dataDirectory, loadData } from '../compile-data.ts';
import { writeText } from '../write-text.ts';

const usage = 'Usage: sitrep topics lint [--data DIR] [--json] [--strict]';

const help = `${usage}

Checks data/topics.yaml: faults end with exit code 1 and name file, line and reason. Then it remarks on phrases that do
not do what they seem to:

  dead          a spelling is not found even in its own words: a comma inside, a sign that reading drops
  overlapping   settles two topics, or stands twice in one
  shadowed      a shorter phrase of the topic inside it says as much (it adds nothing) or more (it hides the stronger)

  --data DIR    another data folder
  --json        one JSON array of {kind, text}
  --strict      exit code 1 when there is any remark
  --help        shows this

Exit codes: 0 ok, 1 the taxonomy cannot be used (or has remarks, with --strict), 2 wrong usage.
`;

/** `sitrep topics lint`: gives the exit code. */
export async function runTopics(
  args: readonly string[],
  io: Pick<CommandIo, 'stdout' | 'stderr'>,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean' },
        strict: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return await writeText(io.stdout, help).then(() => 0);
    if (positionals.length !== 1 || positionals[0] !== 'lint')
      throw usageError(`Expected \`topics lint\`, got \`topics ${positionals.join(' ').slice(0, 60)}\``);
    if (values.data === '') throw usageError('Expected a data folder, got an empty name');
    const remarks = lint(values.data ?? dataDirectory);
    await writeText(io.stdout, values.json ? `${JSON.stringify(remarks)}\n` : remarkLines(remarks));
    return values.strict && remarks.length > 0 ? 1 : 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(isUsageError(error) ? `${message}\n${usage}\n` : `${message}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

/** The remarks on the taxonomy of a data folder. Throws DataError when its files cannot be used. */
function lint(directory: string): PhraseRemark[] {
  const { rules } = loadData(directory);
  const file = path.join(directory, 'topics.yaml');
  const reading = readTaxonomy(readFileSync(file, 'utf8'), path.relative(process.cwd(), file));
  if (!reading.ok) throw new DataError(reading.problems);
  const read = createTextReader(rules);
  return lintTaxonomy(reading.taxonomy, reading.document, (title) => {
    const [field] = read({ title, summary: '' });
    return field ?? { field: 'title', text: title, tokens: [], findings: [] };
  });
}

function remarkLines(remarks: readonly PhraseRemark[]): string {
  const kinds = ['dead', 'overlapping', 'shadowed'] as const;
  const counts = kinds.map((kind) => `${remarks.filter((remark) => remark.kind === kind).length} ${kind}`);
  return [...remarks.map(({ kind, text }) => `${kind}: ${text}\n`), `${counts.join(', ')}\n`].join('');
}
