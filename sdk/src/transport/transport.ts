import type { Clock } from '../clock.ts';
import type { EndRequest, Problem, Session } from '../protocol.ts';
import { textOf } from '../text.ts';
import { backoff } from './backoff.ts';

/** A bearer token, or a function that gives one; it is asked again when the service answers 401 or 403. */
export type Token = string | (() => string | Promise<string>);

/** The token without white space around it; undefined for what no `Authorization` header could carry. */
export function bearerOf(token: unknown): string | undefined {
  const text = textOf(token);
  return /^[!-~]+$/.test(text) ? text : undefined;
}

/** What came back. Status 0: nothing came. Without a token to send, status 401, as the service would say. */
export interface Answer {
  status: number;
  /** The parsed JSON, as the contract has it for this status; empty if there was none; with status 0 a `detail`. */
  body: object;
  /** The service's wish (`Retry-After`) in ms, if it has one. */
  retryAfterMs?: number;
}

export interface Transport {
  /** Asks for the token ahead of the first request, which is not to wait for it. Never rejects. */
  prepare(): void;
  /**
   * Posts JSON below `/v1/sessions`, with the learner's token. Never rejects; answers within 10 s.
   *
   * @param path empty to open a session: the one request that must not outlive the page
   * @param body made at the last moment, so that it carries what is true when it leaves
   */
  post(path: string, body: () => object): Promise<Answer>;
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
const LAST_ATTEMPT = 5;

export function createTransport(
  endpoint: string,
  token: Token,
  { clock, fetch }: { clock: Clock; fetch: typeof globalThis.fetch },
): Transport {
  const sessions = `${endpoint.replace(/\/+$/, '')}/v1/sessions`;
  let bearer: Promise<string | undefined> | undefined;

  function forgetToken() {
    bearer = undefined;
  }

  function bear() {
    if (!bearer) {
      bearer = (async () => bearerOf(typeof token === 'function' ? await token() : token))();
      // What is no token is asked for again: the learner may have signed in meanwhile.
      bearer.then((own) => own || forgetToken(), forgetToken);
    }
    return bearer;
  }

  async function ask(
    path: string,
    body: () => object,
    bearing: boolean,
    signal: AbortSignal,
  ): Promise<Answer> {
    for (let refreshable = typeof token === 'function'; ; refreshable = false) {
      const own = bearing && (await bear());
      if (bearing && !own) return { status: 401, body: { detail: 'there is no token' } };
      const response = await fetch(sessions + path, {
        method: 'POST',
        // Without any, a string goes out as text/plain and needs no preflight: a closing page could not wait for one.
        headers: own ? { authorization: `Bearer ${own}`, 'content-type': 'application/json' } : {},
        body: JSON.stringify(body()),
        credentials: 'omit',
        keepalive: !!path,
        signal,
      });
      const { status, headers } = response;
      if (status === 401 || status === 403) forgetToken();
      if (status === 401 && refreshable) continue;
      const answer = (await response.json().catch(() => ({}))) as Partial<Problem>;
      // The header is out of reach on another origin that does not expose it; the problem repeats it.
      return {
        status,
        body: answer,
        retryAfterMs: retryAfter(headers.get('retry-after') ?? answer.retryAfterSeconds),
      };
    }
  }

  /** The time runs for everything, since a token function or a body may hang just as well as a network. */
  function send(path: string, body: () => object, bearing: boolean): Promise<Answer> {
    const controller = new AbortController();
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(TIMEOUT_MS, () => {
        controller.abort();
        forgetToken();
        reject('no answer in time');
      });
    });
    return Promise.race([ask(path, body, bearing, controller.signal), late])
      .catch((error) => ({ status: 0, body: { detail: String(error) } }))
      .finally(cancel);
  }

  return {
    prepare: bear,

    post: (path, body) => send(path, body, true),

    async end(sessionId, body) {
      const path = `/${sessionId}/end`;
      if (!('keepalive' in Request.prototype)) {
        navigator.sendBeacon(sessions + path, JSON.stringify(body));
        return;
      }
      for (let attempt = 0; ; attempt++) {
        const { status, body: final } = await send(path, () => body, false);
        if ((final as Partial<Session>).sessionId) return final as Session;
        // Offline, silent, or not the service: the page may live on and try again.
        if ((status > 299 && status < 500 && status !== 429) || attempt === LAST_ATTEMPT) return;
        await new Promise<void>((resolve) => clock.after(backoff(attempt), resolve));
      }
    },

    forgetToken,
  };
}

/** Seconds, or an HTTP date as proxies send it. */
function retryAfter(value: string | number | undefined): number {
  const ms = Number(value) * 1000 || Date.parse(`${value}`) - Date.now();
  return Math.min(ms || 0, LONGEST_RETRY_AFTER_MS);
}
