import type { StreamEnd } from '@watchledger/contract';

/** One JSON a line; the last line proves that the stream is whole. */
export async function* ndjson(rows: AsyncIterable<unknown>): AsyncIterable<string> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    yield `${JSON.stringify(row)}\n`;
  }
  yield `${JSON.stringify({ end: true, count } satisfies StreamEnd)}\n`;
}
