import { expect, test } from 'vitest';
import { formatName } from '../../../../lambdas/core/check/document-format.ts';

test.each([
  ['rss', '<?xml version="1.0"?><!-- <rss version="9"> --><rss version="2.0">', 'RSS 2.0'],
  ['rss', '<rss version=" 0.91 ">', 'RSS 0.91'],
  ['rss', '<rss version="two">', 'RSS'],
  ['rss', '<RSS VERSION="0.92">', 'RSS 0.92'],
  ['rss', '<channel>', 'RSS'],
  ['rdf', '<rdf:RDF xmlns="http://purl.org/rss/1.0/">', 'RSS 1.0'],
  ['rdf', '<rdf:RDF xmlns="http://my.netscape.com/rdf/simple/0.9/">', 'RSS 0.90'],
  ['atom', '<feed xmlns="http://www.w3.org/2005/Atom">', 'Atom 1.0'],
  ['atom', '<a:feed xmlns:a="http://www.w3.org/2005/Atom">', 'Atom 1.0'],
  ['atom', '<feed version="0.3" xmlns="http://purl.org/atom/ns#">', 'Atom 0.3'],
  ['atom', '<feed>', 'Atom'],
  ['atom', '<entry xmlns="http://www.w3.org/2005/Atom">', 'Atom'],
  ['json', '{"version": "https://jsonfeed.org/version/1.1"', 'JSON Feed 1.1'],
  ['json', '{"items": []}', 'JSON Feed'],
  ['rdf', '', 'RSS 1.0'],
] as const)('a document of kind %s that begins %j is %s', (format, text, name) => {
  expect(formatName(text, format)).toBe(name);
});
