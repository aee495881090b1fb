import { errorOf } from './error.ts';
import { silenceOf } from './silence.ts';

/** A token, or what gives one for each request (so that it can be renewed). */
export type Token = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** Where the service is, such as `https://hours.example.org`; a path in front of `/v1` may follow. */
  readonly endpoint: string;
  readonly token: Token;
  /** Instead of the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /**
   * How long one request may take to be answered, in milliseconds; 30 s unless told.
   * A stream may take as long as it wants, but not be silent for longer than this.
   */
  readonly timeoutMs?: number;
}

export interface Call {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'DELETE' | 'POST';
  /** The steps below `/v1`, ids among them, as they are: sending encodes them. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Text and bytes go as they are, with their `content-type` in `headers`; all else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the service is spoken to; all of it rejects with `WatchLedgerError` where the service says no. */
export interface Http {
  send(call: Call): Promise<Response>;
  /** The bytes of a long answer as they come; reading no further ends it. */
  stream(call: Call): AsyncIterable<Uint8Array>;
}

export function createHttp({ endpoint, token, timeoutMs = 30_000, ...options }: ClientOptions): Http {
  const send = options.fetch ?? ((url, init) => fetch(url, init));
  const base = endpoint.replace(/\/+$/, '');

  const answered = async (
    { method = 'GET', path, query = {}, body, headers }: Call,
    signal: AbortSignal,
  ): Promise<Response> => {
    const response = await send(`${base}/v1/${path.map(segment).join('/')}${queryString(query)}`, {
      method,
      headers: {
        authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isAsItIs(body) ? body : JSON.stringify(body) }),
      signal,
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  };

  return {
    send: (call) => answered(call, AbortSignal.timeout(timeoutMs)),
    async *stream(call) {
      const silence = silenceOf(timeoutMs);
      const { body } = await silence.broken(answered(call, silence.signal));
      if (body === null) return;
      const reader = body.getReader();
      try {
        for (;;) {
          const { done, value } = await silence.broken(reader.read());
          if (done) return;
          yield value;
        }
      } finally {
        await reader.cancel();
      }
    },
  };
}

const isAsItIs = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

/** One step of a path. URLs resolve dots even when encoded, so such an id would lead elsewhere. */
function segment(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new RangeError(`"${id}" cannot be an id.`);
  return encodeURIComponent(id);
}

function queryString(query: NonNullable<Call['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) parameters.append(name, String(one));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}
