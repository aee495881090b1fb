import type { PreviewLine } from '@watchledger/contract';
import { previewOf } from '@watchledger/usecases';
import type { Context } from 'hono';
import type { Answers } from '../http/answers.ts';
import { representation } from '../http/representation.ts';
import { streamText } from '../http/stream-text.ts';

/** A preview as one answer, or for who names it as a stream of lines with its progress. */
export async function answerPreview(
  c: Context,
  answers: Answers,
  lines: AsyncIterable<PreviewLine>,
): Promise<Response> {
  if (representation(c, ['application/json', 'application/x-ndjson']) === 'application/json')
    return answers.json(c, await previewOf(lines));
  return answers.of(c, 'application/x-ndjson', await streamText(jsonLines(lines)));
}

async function* jsonLines(lines: AsyncIterable<PreviewLine>): AsyncIterable<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
