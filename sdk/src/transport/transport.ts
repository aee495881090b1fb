import type { Clock } from '../clock.ts';
import type { EndRequest, Session } from '../protocol.ts';
import { backoff } from './backoff.ts';

/** A bearer token, or a function that gives one; it is asked again when the service answers 401. */
export type Token = string | (() => string | Promise<string>);

/** What came back. Status 0: nothing came, or no token was to be had. */
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
  /** Ends a session, also from a page that is closing. Resolves when answered or given up; never rejects. */
  end(sessionId: string, body: EndRequest): Promise<Session | undefined>;
}

const TIMEOUT_MS = 10_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;
const END_ATTEMPTS = 6;

export function createTransport(
  endpoint: string,
  token: Token,
  { clock, fetch }: { clock: Clock; fetch: typeof globalThis.fetch },
): Transport {
  const sessions = `${endpoint?.replace(/\/+$/, '')}/v1/sessions`;
  let bearer: string | undefined;

  async function ask(
    path: string,
    body: () => object,
    keepalive: boolean,
    signal: AbortSignal,
  ): Promise<Answer> {
    for (let refreshed = typeof token === 'string'; ; refreshed = true) {
      bearer ||= typeof token === 'string' ? token : await token();
      const response = await fetch(sessions + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body()),
        credentials: 'omit',
        keepalive,
        signal,
      });
      const { status } = response;
      if (status === 401) {
        bearer = undefined;
        if (!refreshed) continue;
      }
      const answer = await response.json().catch(() => ({}));
      // The header is out of reach on another origin that does not expose it; the problem repeats it.
      return {
        status,
        body: answer,
        retryAfterMs: retryAfter(response.headers.get('retry-after') ?? answer.retryAfterSeconds),
      };
    }
  }

  return {
    async post(path, body, keepalive) {
      const controller = new AbortController();
      // Around everything, since a token function may hang just as well as a network.
      let cancel = () => {};
      const late = new Promise<never>((_, reject) => {
        cancel = clock.after(TIMEOUT_MS, () => {
          controller.abort();
          reject('no answer in time');
        });
      });
      try {
        return await Promise.race([ask(path, body, keepalive, controller.signal), late]);
      } catch (error) {
        return { status: 0, body: { detail: `${error}` }, retryAfterMs: 0 };
      } finally {
        cancel();
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
      for (let attempt = 0; attempt < END_ATTEMPTS; attempt++) {
        try {
          const response = await fetch(url, {
            method: 'POST',
            body: text,
            credentials: 'omit',
            keepalive: true,
          });
          if (response.ok) return (await response.json()) as Session;
          if (response.status < 500 && response.status !== 429) return;
        } catch {
          // Offline or refused: the page may live on and try again.
        }
        await new Promise<void>((resolve) => clock.after(backoff(attempt, Math.random()), resolve));
      }
    },
  };
}

/** Seconds, or an HTTP date as proxies send it. */
function retryAfter(value: string | number | undefined): number {
  const ms = Number(value) * 1000 || Date.parse(`${value}`) - Date.now();
  return Math.min(Math.max(ms || 0, 0), LONGEST_RETRY_AFTER_MS);
}
