import { renderCatalogue } from '../../../lambdas/core/catalogue/catalogue-yaml.ts';
import { opmlOfCatalogue, renderOpml } from '../../../lambdas/core/catalogue/opml.ts';
import { usageError } from '../../command.ts';
import { writeText } from '../../write-text.ts';
import { loadCatalogue } from './catalogue-file.ts';
import { expectOperands, type FeedsCall } from './feeds-call.ts';

/** `sitrep feeds export`: the catalogue as OPML 2.0 or YAML on stdout. Gives the exit code. */
export async function exportFeeds(call: FeedsCall): Promise<number> {
  expectOperands(call, 0, 'no operand');
  const { format = 'opml' } = call.values;
  if (format !== 'opml' && format !== 'yaml')
    throw usageError(`Expected --format to be opml or yaml, got ${format}`);
  const catalogue = loadCatalogue(call);
  const about = { topicFeeds: [], title: 'Sitrep feeds', dateCreated: new Date().toISOString() };
  const text = format === 'yaml' ? renderCatalogue(catalogue) : renderOpml(opmlOfCatalogue(catalogue, about));
  await writeText(call.io.stdout, text);
  return 0;
}
