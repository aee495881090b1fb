import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Problem } from '@watchledger/contract';
import { StartFault } from './start-fault.ts';
import { answerUnreadable, refuseUnreadable } from './unreadable-request.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Web origins whose pages may read a refusal; `*`: all. */
  readonly corsOrigins?: readonly string[];
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Requests whose answers are not yet sent whole. */
  readonly underWay: number;
  /** From now on requests are answered; before, they are told to come again. */
  serve(fetch: Fetch): void;
  /** Answers new requests 503, lets those under way finish, then closes the port. */
  drain(patience: Patience): Promise<void>;
  /** Closes the port and cuts every connection now. */
  cut(): void;
}

export type Fetch = (request: Request) => Response | Promise<Response>;

/** The stages of a stop, in milliseconds; what is still there after them is cut. */
export interface Patience {
  /** How long it is said at least that the service stops: balancers and clients look only now and then. */
  readonly notice: number;
  /** At most, for requests to come whole. */
  readonly requests: number;
  /** At most, from then on, for answers to be sent whole. */
  readonly answers: number;
}

/** Takes the port; throws `StartFault` when the address cannot be had. */
export async function listen({ host, port, corsOrigins = [] }: HttpServerOptions): Promise<HttpServer> {
  const underWay = new UnderWay();
  let answer: ReturnType<typeof getRequestListener> | null = null;
  let draining = false;

  const server = createServer(
    // A sender of half a header or of one byte a minute gets no more of the service than this.
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, requireHostHeader: false },
    (incoming, outgoing) => {
      underWay.add(outgoing);
      if (answer === null) refuse('starting', incoming, outgoing, corsOrigins);
      else if (draining && !keepsAnswering(incoming)) refuse('stopping', incoming, outgoing, corsOrigins);
      else void answer(incoming, outgoing);
    },
  );
  server.on('clientError', (error, socket) => {
    // Into the midst of an answer nothing else can be written.
    if (underWay.hasBegunOn(socket)) socket.destroy();
    else refuseUnreadable(error, socket);
  });
  await bind(server, host, port);

  return {
    origin: originOf(server.address(), host),
    get underWay() {
      return underWay.size;
    },
    serve(fetch) {
      answer = getRequestListener(fetch, { errorHandler: answerUnreadable });
    },
    async drain({ notice, requests, answers }) {
      draining = true;
      underWay.announceClosing();
      await pause(notice);
      await underWay.finished(requests);
      underWay.cutUnread();
      await underWay.finished(answers);
      cut();
    },
    cut,
  };

  function cut(): void {
    server.close();
    server.closeAllConnections();
  }
}

/** The answers that are not yet sent whole. */
class UnderWay {
  readonly #answers = new Set<ServerResponse>();
  #finish: (() => void) | null = null;

  add(answer: ServerResponse): void {
    this.#answers.add(answer);
    answer.once('close', () => {
      this.#answers.delete(answer);
      if (this.#answers.size === 0) this.#finish?.();
    });
  }

  get size(): number {
    return this.#answers.size;
  }

  hasBegunOn(socket: Duplex): boolean {
    return [...this.#answers].some((answer) => answer.socket === socket && answer.headersSent);
  }

  announceClosing(): void {
    for (const answer of this.#answers) answer.shouldKeepAlive = false;
  }

  /** Cuts off whoever has not yet sent a request whole: nothing was done for them. */
  cutUnread(): void {
    for (const answer of this.#answers) if (!answer.req.complete) answer.req.destroy();
  }

  /** Resolves when every answer is sent, and after `ms` anyway. */
  finished(ms: number): Promise<void> {
    if (this.#answers.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The process lives while it drains, its last figures can be read, and browsers may ask what they may ask. */
function keepsAnswering({ method, url = '' }: IncomingMessage): boolean {
  const [path] = url.split('?', 1);
  return path === '/healthz' || path === '/metrics' || method === 'OPTIONS';
}

const retryAfterSeconds = 5;

function refuse(
  doing: 'starting' | 'stopping',
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  corsOrigins: readonly string[],
): void {
  const problem = new Problem('unavailable', `This process is ${doing}; send the same request again.`, {
    retryAfterSeconds,
  });
  const origin = [incoming.headers.origin, '*'].find(
    (each) => each !== undefined && corsOrigins.includes(each),
  );
  outgoing.shouldKeepAlive = false;
  outgoing.writeHead(problem.status, {
    'Content-Type': 'application/problem+json',
    'Retry-After': retryAfterSeconds,
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    ...(origin === undefined
      ? {}
      : { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : JSON.stringify(problem.document()));
  incoming.resume();
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartFault(explain(error, host, port))),
    );
    server.listen({ host, port }, resolve);
  });
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `PORT ${port} on ${host} is taken: stop what uses it or set another PORT`;
  if (code === 'EACCES') return `PORT ${port} on ${host} is not allowed to this user: set a PORT above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is no address of this machine`;
  return `Cannot listen on ${host}:${port}: ${message}`;
}

function originOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // Nobody can open "every address"; on this machine it is reached at the loopback one.
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
