import type { CreditsRow, StreamEnd } from '@watchledger/contract';

/** Credits of many, one JSON a line; the last line proves that the stream is whole. */
export async function* creditsNdjson(rows: AsyncIterable<CreditsRow>): AsyncIterable<string> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    yield `${JSON.stringify(row)}\n`;
  }
  yield `${JSON.stringify({ end: true, count } satisfies StreamEnd)}\n`;
}
