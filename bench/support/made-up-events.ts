import { readdirSync, readFileSync } from 'node:fs';
import { dataDirectory } from '../../bin/compile-data.ts';
import { seededChance } from './made-up-news.ts';

/** A made-up report of a made-up event. `at` is epoch milliseconds. */
export interface Report {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly outlet: string;
  readonly at: number;
}

/** Of the reports, so many are a second one of a recent event, and so many repeat a recent one's text. */
const joinShare = 0.25;
const copyShare = 0.08;

/** Reports among which a follow-up or a copy finds its event. */
const recentMax = 200;

const syllables = 'var hol mek tur sen bra lin dor kas vel nor tam gri pol est ran kov mir sul bek'.split(
  ' ',
);

/**
 * So many reports in order of time, evenly over the period; the same every time. The words are those of the project's own
 * labelled stories, shuffled between them with their frequencies kept; every second event has a name of its own.
 */
export function eventReports(made: {
  readonly stories: number;
  readonly from: number;
  readonly to: number;
}): Report[] {
  const chance = seededChance(7);
  const texts = labelledTexts();
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[Math.floor(chance() * list.length)];
    if (item === undefined) throw new RangeError('Expected a list that is not empty, got an empty one');
    return item;
  };
  const reports: Report[] = [];
  const step = (made.to - made.from) / made.stories;
  for (let number = 0; number < made.stories; number += 1) {
    const recent = reports[reports.length - 1 - Math.floor(chance() * Math.min(recentMax, reports.length))];
    const drawn = chance();
    const text =
      recent === undefined || drawn >= joinShare + copyShare
        ? newEvent(pick, texts, chance)
        : drawn < copyShare
          ? recent
          : reworded(recent, pick(texts), chance);
    const id = `made${String(number).padStart(20, '0')}`;
    const outlet = `outlet-${Math.floor(chance() * 150)}`;
    reports.push({ id, title: text.title, summary: text.summary, outlet, at: made.from + number * step });
  }
  return reports;
}

interface Text {
  readonly title: string;
  readonly summary: string;
}

function newEvent(
  pick: <Item>(list: readonly Item[]) => Item,
  texts: readonly Text[],
  chance: () => number,
): Text {
  const [one, two] = [pick(texts), pick(texts)];
  const title = crossed(one.title, two.title);
  const summary = crossed(one.summary, two.summary);
  if (chance() < 0.5) return { title, summary };
  const name = `${pick(syllables)}${pick(syllables)}${pick(syllables)}`;
  const proper = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  return { title: `${proper}: ${title}`, summary: `${summary} The ${proper} affair goes on.` };
}

/** The first half of one text and the second of the other. */
function crossed(one: string, other: string): string {
  const [first, second] = [one.split(' '), other.split(' ')];
  return [
    ...first.slice(0, Math.ceil(first.length / 2)),
    ...second.slice(Math.floor(second.length / 2)),
  ].join(' ');
}

/** Another report of the same: its words in part, in other places, with some of its own. */
function reworded(text: Text, other: Text, chance: () => number): Text {
  const kept = (words: string) => words.split(' ').filter(() => chance() < 0.75);
  const title = [...kept(text.title), ...other.title.split(' ').slice(0, 2)].join(' ');
  const summary = [...kept(text.summary), ...other.summary.split(' ').slice(0, 8)].join(' ');
  return { title, summary };
}

function labelledTexts(): Text[] {
  const folder = `${dataDirectory}/labelled/training`;
  const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  return files.flatMap((name) =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const { title, summary } = JSON.parse(line);
        return { title: String(title), summary: String(summary ?? '') };
      }),
  );
}
