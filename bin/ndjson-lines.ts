import { StringDecoder } from 'node:string_decoder';

/** A line of input with its number, from 1. `tooLong`: it was over the bound and its text was dropped. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
  readonly tooLong: boolean;
}

/** One record is one story or one feed; a longer line is a wrong file. */
const lineLengthMax = 10_000_000;

/**
 * The lines of a UTF-8 stream as they arrive, without their ends; blank lines are counted and left out, and so is a byte
 * order mark in front (RFC 8259 §8.1 lets a reader ignore it, and editors of some systems write one).
 */
export async function* ndjsonLines(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<InputLine> {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let number = 0;
  let tooLong = false;
  const finish = (text: string): InputLine => {
    number += 1;
    const whole = number === 1 ? text.replace(/^\uFEFF/, '') : text;
    const line = { number, text: tooLong ? '' : whole, tooLong };
    tooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    const pieces = (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      const line = finish(held + piece);
      held = '';
      if (line.tooLong || line.text.trim() !== '') yield line;
    }
    if (held.length + last.length > lineLengthMax) [held, tooLong] = ['', true];
    else held += tooLong ? '' : last;
  }
  const rest = finish(held + decoder.end());
  if (rest.tooLong || rest.text.trim() !== '') yield rest;
}
