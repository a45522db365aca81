import type { ReadField } from './field-matches.ts';
import { PackedIndex } from './packed-index.ts';
import { textFeatures } from './text-features.ts';
import type { TextFeature } from './text-features.ts';

/** What the model says for relevance stands beside the topics under this name. */
export const relevanceOutput = 'relevance';

/**
 * The trained model as `data/topic-model.json` holds it: a linear function of the text's features for relevance and for
 * each topic. `keys` are the features with their rows, packed by packIndex. `rows` is base64 of, for each row, the number of its weights
 * (2 bytes, little endian) and then the weights (1 byte output, 1 signed byte in units of `unit`). A margin of 0 is the
 * border between yes and no, once what the rules say has been added.
 */
export interface TopicModelData {
  readonly featureVersion: number;
  readonly trainedOn: { readonly stories: number; readonly taxonomyVersion: number };
  readonly outputs: readonly string[];
  readonly bias: readonly number[];
  readonly unit: number;
  readonly rowCount: number;
  readonly keys: string;
  readonly rows: string;
}

/** A feature where it stands, for saying why. */
export interface PlacedFeature {
  readonly field: ReadField;
  readonly from: number;
  readonly to: number;
  /** Its row in the model and its share of the text. */
  readonly row: number;
  readonly value: number;
}

/** The model's view of one text: a margin for each output, and the features it came from. */
export interface ModelReading {
  readonly margins: Float64Array;
  readonly features: readonly PlacedFeature[];
}

/** What the title says counts more than what the summary says. Measured on labelled stories. */
const fieldValues = { title: 1, summary: 0.7 } as const;

/** Applies a trained model; reading a text is linear in it and never throws. */
export class TopicModel {
  readonly outputs: ReadonlyMap<string, number>;
  readonly #data: TopicModelData;
  readonly #topicSlugs: readonly string[];
  readonly #vocabulary: Vocabulary;
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;

  /** `topicSlugs` are the topics of the rules in their order. Throws a RangeError when the data does not add up. */
  constructor(data: TopicModelData, topicSlugs: readonly string[]) {
    this.#data = data;
    this.#topicSlugs = topicSlugs;
    this.outputs = new Map(data.outputs.map((slug, index) => [slug, index]));
    this.#bytes = Buffer.from(data.rows, 'base64');
    this.#vocabulary = new Vocabulary(data.keys);
    this.#starts = new Uint32Array(data.rowCount + 1);
    let at = 0;
    for (let row = 0; row < data.rowCount; row += 1) {
      this.#starts[row] = at;
      at += 2 + 2 * this.#weightCount(at);
    }
    this.#starts[data.rowCount] = at;
    if (at !== this.#bytes.length)
      throw new RangeError(`Expected ${this.#bytes.length} bytes of weights for the rows, got ${at}`);
  }

  /** The margins of a text by output. */
  read(fields: readonly ReadField[]): ModelReading {
    const placed = placedFeatures(fields, this.#topicSlugs, this.#vocabulary);
    const margins = Float64Array.from(this.#data.bias);
    const { unit } = this.#data;
    for (const { row, value } of distinctRows(placed)) {
      const end = this.#starts[row + 1] ?? 0;
      for (let at = (this.#starts[row] ?? end) + 2; at < end; at += 2) {
        const output = this.#bytes[at] ?? 0;
        margins[output] = (margins[output] ?? 0) + value * unit * signed(this.#bytes[at + 1]);
      }
    }
    return { margins, features: placed };
  }

  /** How much a feature speaks for an output; 0 when the model does not know. */
  weight(row: number, output: number): number {
    const end = this.#starts[row + 1] ?? 0;
    for (let at = (this.#starts[row] ?? end) + 2; at < end; at += 2)
      if (this.#bytes[at] === output) return signed(this.#bytes[at + 1]) * this.#data.unit;
    return 0;
  }

  #weightCount(at: number): number {
    return (this.#bytes[at] ?? 0) + 256 * (this.#bytes[at + 1] ?? 0);
  }
}

function signed(byte: number | undefined): number {
  const value = byte ?? 0;
  return value > 127 ? value - 256 : value;
}

/** Rows by feature: by its first part, then by its second. Two short look-ups are faster than one of the parts joined. */
export class Vocabulary {
  readonly #index: PackedIndex;
  readonly #rows = new Map<string, ReadonlyMap<string, number> | null>();

  /** `packed` holds features as featureKey spells them, with their rows. */
  constructor(packed: string) {
    this.#index = new PackedIndex(packed);
  }

  row({ first, second }: Pick<TextFeature, 'first' | 'second'>): number | undefined {
    let rows = this.#rows.get(first);
    if (rows === undefined) {
      const entries = this.#index.after(first);
      if (entries === null) return undefined;
      rows = new Map(entries.map(({ rest, value }) => [rest, value]));
      this.#rows.set(first, rows);
    }
    return rows?.get(second ?? '');
  }
}

/**
 * The features of a text that a vocabulary knows, each with its value: 1 for one of the title and less for one of the
 * summary, divided by the length of the whole, so that long and short texts weigh the same.
 */
export function placedFeatures(
  fields: readonly ReadField[],
  topicSlugs: readonly string[],
  vocabulary: Vocabulary,
): PlacedFeature[] {
  const known: { readonly feature: TextFeature; readonly field: ReadField; readonly row: number }[] = [];
  const values = new Map<number, number>();
  for (const field of fields)
    for (const feature of textFeatures(field, topicSlugs)) {
      const row = vocabulary.row(feature);
      if (row === undefined) continue;
      known.push({ feature, field, row });
      if (!values.has(row)) values.set(row, fieldValues[field.field]);
    }
  let squares = 0;
  for (const value of values.values()) squares += value * value;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  return known.map(({ feature: { from, to }, field, row }) => ({
    from,
    to,
    field,
    row,
    value: (values.get(row) ?? 0) * scale,
  }));
}

/** Each row once; a feature that stands twice counts once. */
export function distinctRows(placed: readonly PlacedFeature[]): PlacedFeature[] {
  const seen = new Set<number>();
  return placed.filter(({ row }) => !seen.has(row) && seen.add(row) !== undefined);
}
