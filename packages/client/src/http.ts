import { errorOf } from './error.ts';

/** A token, or what gives one for each request (so that it can be renewed). */
export type Token = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** Where the service is, such as `https://hours.example.org`; a path in front of `/v1` may follow. */
  readonly endpoint: string;
  readonly token: Token;
  /** Instead of the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How long one request may take to be answered, in milliseconds; 30 s unless told. */
  readonly timeoutMs?: number;
}

export interface Call {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'DELETE' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one call; rejects with `WatchLedgerError` where the service says no. */
export type Send = (call: Call) => Promise<Response>;

export function createSend({ endpoint, token, timeoutMs = 30_000, ...options }: ClientOptions): Send {
  const send = options.fetch ?? ((url, init) => fetch(url, init));
  const base = endpoint.replace(/\/+$/, '');

  return async ({ method = 'GET', path, query = {}, body, headers }) => {
    const response = await send(`${base}${path}${queryString(query)}`, {
      method,
      headers: {
        authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  };
}

function queryString(query: NonNullable<Call['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) parameters.append(name, String(one));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}
