/**
 * Measures the parse stage: `node --import tsx bench/parse.ts [ratios] [growth] [captured]` (all without a name). Prints
 * the CPU time of the stage, alone and with the cleaning of entries, against bare rss-parser, sax (the parser inside it)
 * and saxes on made-up feeds (goal: at most twice rss-parser, cleaning included), the growth exponent of every family of
 * hostile documents through parsing and cleaning (goal: at most 1.1, none above 1 s at 5 MB), and, where captured feeds
 * lie beside the checkout, how many of them parse, with which problems, and the same ratios over all of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Parser from 'rss-parser';
import { SaxesParser } from 'saxes';
import * as z from 'zod/mini';
import { entryFromParsed } from '../lambdas/core/parse/entry-from-parsed.ts';
import { parseFeed } from '../lambdas/core/parse/parse.ts';
import { cpuMs, growthExponent, median } from './support/cpu-time.ts';
import { hostileDocuments } from './support/hostile-documents.ts';

const sentence =
  'The ministry said on Tuesday that the first of four frigates had left the yard &amp; would start trials. ';
const paragraph = (n: number): string =>
  `<p>${sentence}<a href="https://example.org/a/${n}" class="x">${sentence.slice(0, 30)}</a> ${sentence}</p>\n`;
const body = Array.from({ length: 20 }, (_, n) => paragraph(n)).join('');
const escaped = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const item = (n: number, content: string): string => `<item>
<title>Frigate number ${n} leaves the yard &#8211; trials to start</title><link>https://example.org/2025/story-${n}/</link>
<comments>https://example.org/2025/story-${n}/#c</comments><dc:creator><![CDATA[Ann Lee]]></dc:creator>
<pubDate>Tue, 04 Nov 2025 03:04:05 +0000</pubDate><category><![CDATA[Navy]]></category><category><![CDATA[Trials]]></category>
<guid isPermaLink="false">https://example.org/?p=${n}</guid><description><![CDATA[<p>${sentence}</p>]]></description>${content}</item>`;

const feed = (entries: number, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed</title><link>https://example.org/</link><description>d</description>${Array.from({ length: entries }, (_, n) => item(n, content)).join('')}</channel></rss>`;

const inCdata = `<content:encoded><![CDATA[${body}]]></content:encoded>`;
const inEscapes = `<content:encoded>${escaped}</content:encoded>`;

/** CPU ms of each candidate on one document, measured in turns so that all see the same machine. */
async function compare(
  document: string,
): Promise<{ stage: number; entries: number; bare: number; sax: number; saxes: number }> {
  const bytes = Buffer.from(document);
  const bare = new Parser();
  const runs = {
    stage: [] as number[],
    entries: [] as number[],
    bare: [] as number[],
    sax: [] as number[],
    saxes: [] as number[],
  };
  const repeats = Math.max(3, Math.round(3_000_000 / bytes.length));
  const perRun = async (work: () => unknown): Promise<number> => {
    const total = await cpuMs(async () => {
      for (let run = 0; run < repeats; run += 1) await work();
    });
    return total / repeats;
  };
  for (let round = 0; round < 9; round += 1) {
    runs.stage.push(await perRun(() => parseFeed({ bytes, contentType: null, base: null })));
    runs.entries.push(await perRun(() => readEntries(bytes)));
    runs.bare.push(await perRun(() => bare.parseString(bytes.toString())));
    runs.sax.push(await perRun(() => rawSax(bytes.toString())));
    runs.saxes.push(await perRun(() => new SaxesParser().write(bytes.toString()).close()));
  }
  return {
    stage: median(runs.stage),
    entries: median(runs.entries),
    bare: median(runs.bare),
    sax: median(runs.sax),
    saxes: median(runs.saxes),
  };
}

/** sax comes with rss-parser, without types of its own. */
const saxModule: { parser: (strict: boolean) => { write: (text: string) => { close: () => void } } } =
  createRequire(createRequire(import.meta.url).resolve('xml2js'))('sax');

const rawSax = (text: string): void => saxModule.parser(true).write(text).close();

async function readEntries(bytes: Uint8Array): Promise<string> {
  const result = await parseFeed({ bytes, contentType: null, base: null });
  if (!result.ok) return result.code;
  for (const entry of result.parsed.entries) entryFromParsed(entry, { feedLanguage: 'en' });
  return `${result.parsed.entries.length} entries`;
}

async function printRatios(): Promise<void> {
  console.log(
    'document                       MB   stage ms   / rss-parser   / sax   / saxes   cleaned ms   / rss-parser  MB/s stage, sax',
  );
  for (const entries of [20, 50, 500]) {
    for (const [name, content] of [
      ['short', ''],
      ['full CDATA', inCdata],
      ['full escaped', inEscapes],
    ] as const) {
      const document = feed(entries, content);
      const { stage, bare, sax, saxes, entries: cleaned } = await compare(document);
      const label = `${entries} entries, ${name}`.padEnd(24);
      const size = document.length / 1e6;
      const speeds = [size / (stage / 1e3), size / (sax / 1e3)];
      const numbers = [
        size,
        stage,
        stage / bare,
        stage / sax,
        stage / saxes,
        cleaned,
        cleaned / bare,
        ...speeds,
      ];
      console.log(label, numbers.map((number) => number.toFixed(2).padStart(9)).join('  '));
    }
  }
}

async function printGrowth(): Promise<void> {
  const sizes = [300_000, 600_000, 1_200_000, 2_400_000, 5_000_000];
  console.log('\nhostile family                  exponent   ms at 5 MB   outcome');
  for (const [name, build] of Object.entries(hostileDocuments)) {
    const points: { size: number; cost: number }[] = [];
    let outcome = '';
    for (const size of sizes) {
      const bytes = Buffer.from(build(size));
      const costs: number[] = [];
      for (let run = 0; run < 3; run += 1) {
        costs.push(
          await cpuMs(async () => {
            outcome = await readEntries(bytes);
          }),
        );
      }
      points.push({ size, cost: Math.min(...costs) });
    }
    // Refused before it grows: what is left is the noise of less than a few milliseconds.
    const last = points[points.length - 1]?.cost ?? 0;
    const exponent = last < 10 ? '  -' : growthExponent(points).toFixed(2);
    console.log(name.padEnd(32), exponent.padStart(6), last.toFixed(0).padStart(12), ' ', outcome);
  }
}

const Manifest = z.array(
  z.object({ file: z.string(), contentType: z.nullable(z.string()), base: z.string() }),
);

async function printCaptured(): Promise<void> {
  const root = path.join(import.meta.dirname, '../../shared/eval/feeds');
  const manifest = path.join(root, 'manifest.json');
  if (!existsSync(manifest)) return;
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const { file, contentType, base } of Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8')))) {
    const result = await parseFeed({ bytes: readFileSync(path.join(root, file)), contentType, base });
    count(result.ok ? 'parsed' : `refused as ${result.code}`);
    if (result.ok)
      for (const code of new Set(result.parsed.problems.map((problem) => problem.code)))
        count(`with ${code}`);
  }
  console.log('\ncaptured feeds');
  for (const [what, number] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(String(number).padStart(5), what);
}

const parts = { ratios: printRatios, growth: printGrowth, captured: printCaptured };
const asked = process.argv.slice(2);
for (const [name, print] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) await print();
