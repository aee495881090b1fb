const chunkCharacters = 16_384;

/**
 * Lines as a byte stream that goes at its reader's pace. The first chunk is made before this resolves, so that
 * an early refusal is still an ordinary answer; a later fault breaks the stream.
 */
export async function streamText(lines: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let next = await nextChunk(iterator);
  return new ReadableStream({
    async pull(controller) {
      if (next.text !== '') controller.enqueue(encoder.encode(next.text));
      if (next.last) controller.close();
      else next = await nextChunk(iterator);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

async function nextChunk(
  iterator: AsyncIterator<string>,
): Promise<{ readonly text: string; readonly last: boolean }> {
  let text = '';
  while (text.length < chunkCharacters) {
    const { done, value } = await iterator.next();
    if (done) return { text, last: true };
    text += value;
  }
  return { text, last: false };
}
