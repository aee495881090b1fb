import { Problem } from '@watchledger/contract';
import type { Context } from 'hono';
import { requestHeader } from './request-header.ts';

export const jsonLimitBytes = 16 * 1024;

/** The body as text, of one of the accepted media types; throws 415, 413, or 400 where it cannot be read. */
export async function readText(c: Context, { accepted, limitBytes }: BodyTerms): Promise<string> {
  const type = mediaType(c);
  if (type.essence !== '' && !accepted.includes(type.essence)) throw unsupported(accepted);
  const bytes = await readBytes(c, limitBytes);
  if (type.essence === '' && bytes.byteLength > 0) throw unsupported(accepted);
  return decode(bytes, type.charset);
}

/** The body as JSON; an absent one is `undefined`. Throws as `readText`, and `malformed-json`. */
export async function readJson(
  c: Context,
  accepted: readonly string[] = ['application/json'],
  limitBytes: number = jsonLimitBytes,
): Promise<unknown> {
  const text = await readText(c, { accepted, limitBytes });
  return text === '' ? undefined : parseJson(text);
}

/** Throws `malformed-json`, without a word of the body in it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed-json', 'The body is not valid JSON.');
  }
}

export interface BodyTerms {
  readonly accepted: readonly string[];
  readonly limitBytes: number;
}

interface MediaType {
  readonly essence: string;
  readonly charset: string;
}

const plainJson: MediaType = { essence: 'application/json', charset: 'utf-8' };

/** The media type of the body in lower case and its charset; empty where the request names none. */
export function mediaType(c: Context): MediaType {
  const header = requestHeader(c, 'content-type') ?? '';
  if (header === plainJson.essence) return plainJson;
  const [essence = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((text) => /^\s*charset="?([^"\s]+)"?\s*$/.exec(text)?.[1]).find(Boolean);
  return { essence: essence.trim(), charset: charset ?? 'utf-8' };
}

/** The body as it is, of one of the accepted media types; throws 415, 413, or 400 where it breaks off. */
export async function readFile(
  c: Context,
  { accepted, limitBytes }: BodyTerms,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }> {
  const { essence } = mediaType(c);
  if (!accepted.includes(essence)) throw unsupported(accepted);
  return { bytes: await readBytes(c, limitBytes), mediaType: essence };
}

async function readBytes(c: Context, limitBytes: number): Promise<Uint8Array> {
  const stated = requestHeader(c, 'content-length');
  try {
    // Node holds a body to its stated length; only one of unknown length is counted while it comes.
    if (stated !== undefined && Number(stated) <= limitBytes) {
      return new Uint8Array(await c.req.raw.arrayBuffer());
    }
    const bytes = await countedBytes(c.req.raw.body, limitBytes);
    if (stated === undefined) return bytes;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed-text', 'The body broke off.');
  }
  throw tooLarge(limitBytes);
}

/** So much beyond the limit is read and dropped: senders hear the refusal then, not a broken connection. */
const droppedBytes = 16 * 1024 * 1024;

async function countedBytes(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length <= limitBytes) chunks.push(chunk);
    else if (length > limitBytes + droppedBytes) break;
  }
  if (length > limitBytes) throw tooLarge(limitBytes);
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array, charset: string): string {
  const decoder = charset === 'utf-8' ? utf8 : decoderOf(charset);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Problem('malformed-text', `The body is not ${charset.toUpperCase()} text.`);
  }
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new Problem('unsupported-media-type', `The charset ${charset} is not known.`, {
      accepted: ['utf-8'],
    });
  }
}

const tooLarge = (limitBytes: number): Problem =>
  new Problem('payload-too-large', `The body is larger than ${limitBytes} bytes.`, { limitBytes });

const unsupported = (accepted: readonly string[]): Problem =>
  new Problem('unsupported-media-type', `The body must be ${accepted.join(' or ')}.`, { accepted });
