import type { Clock } from '../clock.ts';
import type { EndRequest, Session } from '../protocol.ts';
import { backoff } from './backoff.ts';

/** A bearer token, or a function that gives one; it is asked again when the service answers 401 or 403. */
export type Token = string | (() => string | Promise<string>);

/** The token without white space around it; undefined for what no `Authorization` header could carry. */
export function bearerOf(token: unknown): string | undefined {
  const text = typeof token === 'string' ? token.trim() : '';
  return /^[!-~]+$/.test(text) ? text : undefined;
}

/** What came back. Status 0: nothing came. Without a token to send, status 401, as the service would say. */
export interface Answer {
  status: number;
  /** The parsed JSON, as the contract has it for this status; empty if there was none; with status 0 a `detail`. */
  body: unknown;
  /** The service's wish (`Retry-After`) in ms, else 0. */
  retryAfterMs: number;
}

export interface Transport {
  /**
   * Posts JSON below `/v1/sessions`. Never rejects.
   *
   * @param body made at the last moment, so that it carries what is true when it leaves
   * @param keepalive whether the request may outlive the page
   */
  post(path: string, body: () => object, keepalive: boolean): Promise<Answer>;
  /**
   * Ends a session, also from a page that is closing. Never rejects; resolves when answered, or given up after
   * 91 s at the latest: six attempts of 10 s each, and up to 31 s between them.
   */
  end(sessionId: string, body: EndRequest): Promise<Session | undefined>;
  /** Forgets the token in use, so that a token function is asked for the next request. */
  forgetToken(): void;
}

const TIMEOUT_MS = 10_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;
const END_ATTEMPTS = 6;

export function createTransport(
  endpoint: string,
  token: Token,
  { clock, fetch }: { clock: Clock; fetch: typeof globalThis.fetch },
): Transport {
  const sessions = `${endpoint.replace(/\/+$/, '')}/v1/sessions`;
  let bearer: string | undefined;

  async function ask(
    path: string,
    body: () => object,
    keepalive: boolean,
    signal: AbortSignal,
  ): Promise<Answer> {
    for (let refreshed = typeof token === 'string'; ; refreshed = true) {
      bearer ??= bearerOf(typeof token === 'string' ? token : await token());
      if (!bearer) return { status: 401, body: { detail: 'there is no token' }, retryAfterMs: 0 };
      const response = await fetch(sessions + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body()),
        credentials: 'omit',
        keepalive,
        signal,
      });
      const { status } = response;
      if (status === 401 || status === 403) bearer = undefined;
      if (status === 401 && !refreshed) continue;
      const answer = await response.json().catch(() => ({}));
      // The header is out of reach on another origin that does not expose it; the problem repeats it.
      return {
        status,
        body: answer,
        retryAfterMs: retryAfter(response.headers.get('retry-after') ?? answer.retryAfterSeconds),
      };
    }
  }

  /** Around everything, since a token function or a body may hang just as well as a network. */
  async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(TIMEOUT_MS, () => {
        controller.abort();
        reject('no answer in time');
      });
    });
    try {
      return await Promise.race([work(controller.signal), late]);
    } finally {
      cancel();
    }
  }

  /** Undefined: worth another attempt. Null: there is nothing more to be had. */
  async function tryToEnd(url: string, body: string): Promise<Session | null | undefined> {
    try {
      return await inTime(async (signal) => {
        const request = { method: 'POST', body, credentials: 'omit', keepalive: true, signal } as const;
        const response = await fetch(url, request);
        if (response.ok) return (await response.json()) as Session;
        return response.status < 500 && response.status !== 429 ? null : undefined;
      });
    } catch {
      // Offline, refused or silent: the page may live on and try again.
    }
  }

  return {
    async post(path, body, keepalive) {
      try {
        return await inTime((signal) => ask(path, body, keepalive, signal));
      } catch (error) {
        return { status: 0, body: { detail: String(error) }, retryAfterMs: 0 };
      }
    },

    async end(sessionId, body) {
      const url = `${sessions}/${sessionId}/end`;
      // A string goes out as text/plain, which needs no preflight: a closing page could not wait for one.
      const text = JSON.stringify(body);
      if (!('keepalive' in Request.prototype)) {
        navigator.sendBeacon(url, text);
        return;
      }
      for (let attempt = 1; ; attempt++) {
        const final = await tryToEnd(url, text);
        if (final !== undefined || attempt === END_ATTEMPTS) return final ?? undefined;
        await new Promise<void>((resolve) => clock.after(backoff(attempt - 1, Math.random()), resolve));
      }
    },

    forgetToken() {
      bearer = undefined;
    },
  };
}

/** Seconds, or an HTTP date as proxies send it. */
function retryAfter(value: string | number | undefined): number {
  const ms = Number(value) * 1000 || Date.parse(`${value}`) - Date.now();
  return Math.min(Math.max(ms || 0, 0), LONGEST_RETRY_AFTER_MS);
}
