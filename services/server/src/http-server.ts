import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Problem } from '@watchledger/contract';
import { StartFault } from './start-fault.ts';
import { answerUnreadable, refuseUnreadable } from './unreadable-request.ts';

export interface HttpServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  readonly port: number;
  /** Web origins whose pages may read a refusal; `*`: all. */
  readonly corsOrigins?: readonly string[];
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /**
   * Answers new requests 503, lets those under way finish, then closes the port. `noticeMs` keeps it open at
   * least so long that balancers and clients are told rather than cut off.
   */
  drain(noticeMs: number): Promise<void>;
  /** Cuts every connection now. */
  cut(): void;
}

/** Listens; throws `StartFault` when the address cannot be had. */
export async function listen({
  fetch,
  host,
  port,
  corsOrigins = [],
}: HttpServerOptions): Promise<HttpServer> {
  const answer = getRequestListener(fetch, { errorHandler: answerUnreadable });
  const underWay = new UnderWay();
  let draining = false;

  const server = createServer(
    // A sender of half a header or of one byte a minute gets no more of the service than this.
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, requireHostHeader: false },
    (incoming, outgoing) => {
      underWay.add(outgoing);
      if (draining && !keepsAnswering(incoming)) refuse(incoming, outgoing, corsOrigins);
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
    async drain(noticeMs) {
      draining = true;
      underWay.announceClosing();
      await pause(noticeMs);
      await underWay.finished();
      server.close();
      server.closeAllConnections();
    },
    cut() {
      server.close();
      server.closeAllConnections();
    },
  };
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

  hasBegunOn(socket: Duplex): boolean {
    return [...this.#answers].some((answer) => answer.socket === socket && answer.headersSent);
  }

  announceClosing(): void {
    for (const answer of this.#answers) answer.shouldKeepAlive = false;
  }

  finished(): Promise<void> {
    return this.#answers.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.#finish = resolve;
        });
  }
}

/** The process lives while it drains, its last figures can be read, and browsers may ask what they may ask. */
function keepsAnswering({ method, url = '' }: IncomingMessage): boolean {
  const [path] = url.split('?', 1);
  return path === '/healthz' || path === '/metrics' || method === 'OPTIONS';
}

const retryAfterSeconds = 5;

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, corsOrigins: readonly string[]): void {
  const problem = new Problem('unavailable', 'This process is stopping; send the same request again.', {
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
