import * as z from 'zod/mini';
import { readPhrase } from './phrase.ts';
import { cappedProblems, readYamlDocument, schemaProblems, shown } from '../catalogue/yaml-document.ts';
import type { DocumentPath, YamlDocument } from '../catalogue/yaml-document.ts';

/** Words that mean the same kind of thing, `warship` for frigate and corvette, in the notation of phrases. */
export interface LexiconClass {
  readonly name: string;
  readonly words: readonly string[];
}

/** The checked content of `data/lexicon.yaml`, classes in the order of the file. */
export interface Lexicon {
  readonly version: number;
  readonly classes: readonly LexiconClass[];
}

export type LexiconReading =
  | { readonly ok: true; readonly lexicon: Lexicon }
  | { readonly ok: false; readonly problems: readonly string[] };

const lexiconBytesMax = 1_000_000;
const classesMax = 1_000;

/** A word of more classes than this tells none of them from another. */
export const classesPerWordMax = 3;

const LexiconFile = z.strictObject({
  version: z.int().check(z.minimum(1)),
  classes: z
    .record(
      z.string(),
      z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.minLength(1), z.maxLength(500)),
    )
    .check(
      z.refine((classes) => Object.keys(classes).length > 0, 'expected at least one class'),
      z.refine(
        (classes) => Object.keys(classes).length <= classesMax,
        `expected at most ${classesMax} classes`,
      ),
    ),
});

const knownKeys = ['version', 'classes'];
const className = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * Reads the lexicon. Every problem is one line, `file:line path: reason`: schema faults, class names that are not in
 * kebab case, phrases whose notation cannot be read, a word twice in a class and a word of more than three classes.
 * Words are the same when they match the same texts (`body armor`, `body-armour`). Never throws.
 */
export function readLexicon(text: string, fileName: string): LexiconReading {
  const reading = readYamlDocument({ text, fileName, bytesMax: lexiconBytesMax });
  if (!reading.ok) return reading;
  const { document } = reading;
  const result = z.safeParse(LexiconFile, document.value);
  if (!result.success)
    return {
      ok: false,
      problems: cappedProblems(schemaProblems(result.error.issues, document, knownKeys)),
    };
  const classes = Object.entries(result.data.classes).map(([name, words]) => ({ name, words }));
  const problems = [...nameProblems(classes, document), ...wordProblems(classes, document)];
  if (problems.length > 0) return { ok: false, problems: cappedProblems(problems) };
  return { ok: true, lexicon: { version: result.data.version, classes } };
}

function nameProblems(classes: readonly LexiconClass[], document: YamlDocument): string[] {
  return classes.flatMap(({ name }) =>
    className.test(name)
      ? []
      : [
          document.problem(
            ['classes', name],
            `expected a class name such as first-flight, got ${shown(name)}`,
          ),
        ],
  );
}

function wordProblems(classes: readonly LexiconClass[], document: YamlDocument): string[] {
  const namesOf = new Map<string, string[]>();
  return classes.flatMap(({ name, words }) =>
    words.flatMap((word, index) => {
      const reason = wordFault(word, name, namesOf);
      if (reason === null) return [];
      const path: DocumentPath = ['classes', name, index];
      return [document.problem(path, `${reason}, got ${shown(word)}`)];
    }),
  );
}

/** What is wrong with a word of a class, or null; notes the class under what the word matches. */
function wordFault(word: string, name: string, namesOf: Map<string, string[]>): string | null {
  const reading = readPhrase(word);
  if (!reading.ok) return reading.reason;
  const meaning = JSON.stringify(reading.phrase);
  const names = namesOf.get(meaning) ?? [];
  if (names.includes(name)) return 'expected each word once in its class';
  names.push(name);
  namesOf.set(meaning, names);
  if (names.length <= classesPerWordMax) return null;
  const others = names.slice(0, classesPerWordMax).join(', ');
  return `expected a word in at most ${classesPerWordMax} classes, and it is in ${others}`;
}
