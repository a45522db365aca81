import { StringDecoder } from 'node:string_decoder';

/** A line of input; `tooLong` stands for one beyond the bound, whose text is not kept. */
export type InputLine = { readonly text: string } | { readonly tooLong: true };

/**
 * Lines of a UTF-8 stream as they arrive, without their line ends; empty ones are left out. A line of more than
 * `lineCharactersMax` is passed over without being held in memory. Throws what the stream throws.
 */
export async function* readLines(
  stream: NodeJS.ReadableStream,
  lineCharactersMax: number,
): AsyncGenerator<InputLine> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;
  for await (const chunk of stream) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (tooLong || line.length > lineCharactersMax) yield { tooLong: true };
      else if (line.trim() !== '') yield { text: line };
      tooLong = false;
    }
    if (rest.length > lineCharactersMax) {
      tooLong = true;
      rest = '';
    }
  }
  rest += decoder.end();
  if (tooLong || rest.length > lineCharactersMax) yield { tooLong: true };
  else if (rest.trim() !== '') yield { text: rest };
}
