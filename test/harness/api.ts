import type { ProblemDocument } from '@watchledger/contract';

/** An answer of the service; `body` is its JSON, or its text where it is none. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Calls the service as one bearer. Nothing is retried and no status throws: tests see what clients see. */
export interface Api {
  get<Body = ProblemDocument>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  post<Body = ProblemDocument>(
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  put<Body = ProblemDocument>(
    path: string,
    json: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  patch<Body = ProblemDocument>(
    path: string,
    json: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  delete<Body = ProblemDocument>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
}

/** @example const { body } = await api(service.url, service.token({ sub: 'u1', scope: 'watch' })).get<Credits>('/v1/…'); */
export function api(url: string, token: string | null): Api {
  async function call<Body>(
    method: string,
    path: string,
    json: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }
  return {
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, json, headers) => call('POST', path, json, headers),
    put: (path, json, headers) => call('PUT', path, json, headers),
    patch: (path, json, headers) => call('PATCH', path, json, headers),
    delete: (path, headers) => call('DELETE', path, undefined, headers),
  };
}
