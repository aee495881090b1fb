import type { StreamEnd } from '@watchledger/contract';
import { IncompleteStreamError } from './error.ts';

/**
 * The lines of an NDJSON stream as they come, up to the one that proves it whole.
 * Throws `IncompleteStreamError` where that is missing or counts otherwise.
 */
export async function* wholeLines<Line extends object>(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Line, void, undefined> {
  let count = 0;
  for await (const text of endedLines(chunks)) {
    const line: Line | StreamEnd = JSON.parse(text);
    if (!isEnd(line)) {
      count += 1;
      yield line;
    } else if (line.count === count) return;
    else throw new IncompleteStreamError(`The stream says it has ${line.count} lines, and has ${count}.`);
  }
  throw new IncompleteStreamError(`The stream broke off after ${count} lines.`);
}

const isEnd = (line: object): line is StreamEnd => 'end' in line && line.end === true;

/** What has its line break; the rest of a stream that broke off is left out. */
async function* endedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
