import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Connections } from './connections.ts';
import { watchLoopLag } from './loop-lag.ts';
import { type Refusal, refuse } from './refusal.ts';
import { StartFault } from './start-fault.ts';
import { UnderWay } from './under-way.ts';
import { answerUnreadable, refuseUnreadable } from './unreadable-request.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Web origins whose pages may read a refusal; `*`: all. */
  readonly corsOrigins?: readonly string[];
  /** Takes the port only when there is something to serve: other processes answer at it until then. */
  readonly late?: boolean;
  /** Connections held at once; who comes beyond is told 503. */
  readonly maxConnections?: number;
  /** Requests under way at once; more are told 503 before anything is kept for them. */
  readonly maxRequests?: number;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:8787`; a late one, once it serves. */
  readonly origin: string;
  /** Requests whose answers are not yet sent whole. */
  readonly underWay: number;
  /** From now on requests are answered; before, they are told to come again. Throws as `listen`. */
  serve(fetch: Fetch): Promise<void>;
  /**
   * For a process that goes: says so by `/readyz` and on each connection while it still answers, then answers 503,
   * lets what is under way finish, and closes the port.
   */
  drain(patience: Patience): Promise<void>;
  /** For one of several processes at a port: takes no more connections, and answers all that comes on those it has. */
  handOver(patience: Patience): Promise<void>;
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

type Stage = 'starting' | 'serving' | 'leaving' | 'handing-over' | 'stopping';

/** Takes the port; throws `StartFault` when the address cannot be had. */
export async function listen(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, corsOrigins = [], late = false } = options;
  const { maxConnections = Number.POSITIVE_INFINITY, maxRequests = Number.POSITIVE_INFINITY } = options;
  const underWay = new UnderWay(mostComing(maxRequests, maxConnections));
  const lag = watchLoopLag();
  let answer: ReturnType<typeof getRequestListener> = () => Promise.resolve();
  let stage: Stage = 'starting';

  const server = createServer(
    // A sender of half a header or of one byte a minute gets no more of the service than this.
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 65_000,
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      underWay.add(outgoing);
      if (stage !== 'serving' || connections.isSurplus(incoming.socket)) outgoing.shouldKeepAlive = false;
      const refusal = refusalOf(incoming);
      if (refusal === null) void answer(incoming, outgoing);
      else refuse(refusal, incoming, outgoing, corsOrigins);
    },
  );
  const connections = new Connections(server, maxConnections);
  server.on('clientError', (error, socket) => {
    // Into the midst of an answer nothing else can be written.
    if (underWay.hasBegunOn(socket)) socket.destroy();
    else refuseUnreadable(error, socket);
  });
  if (!late) await bind(server, host, port);

  return {
    get origin() {
      return originOf(server.address(), host);
    },
    get underWay() {
      return underWay.size;
    },
    async serve(fetch) {
      answer = getRequestListener(fetch, { errorHandler: answerUnreadable });
      stage = 'serving';
      if (late) await bind(server, host, port);
    },
    async drain({ notice, ...patience }) {
      stage = 'leaving';
      underWay.announceClosing();
      await pause(notice);
      stage = 'stopping';
      await finish(patience);
    },
    async handOver({ notice, ...patience }) {
      stage = 'handing-over';
      underWay.announceClosing();
      // As HTTP's own close, but connections without a request at this moment may still send one.
      NetServer.prototype.close.call(server);
      await pause(notice);
      server.closeIdleConnections();
      await finish(patience);
    },
    cut,
  };

  /** Why it is not answered now; null where it is. */
  function refusalOf(incoming: IncomingMessage): Refusal | null {
    if (stage === 'starting') return 'starting';
    if (isAlwaysAnswered(incoming)) return null;
    if (isReadiness(incoming)) return stage === 'leaving' || stage === 'stopping' ? 'stopping' : null;
    if (stage === 'stopping') return 'stopping';
    if (connections.isSurplus(incoming.socket)) return 'full';
    return underWay.size > maxRequests || lag.bad ? 'crowded' : null;
  }

  async function finish({ requests, answers }: Pick<Patience, 'requests' | 'answers'>): Promise<void> {
    await underWay.finished(requests);
    underWay.cutUnread();
    await underWay.finished(answers);
    cut();
  }

  function cut(): void {
    lag.stop();
    server.close();
    server.closeAllConnections();
  }
}

/** Slow senders take no more than a fifth of what there is, lest they keep the others out. */
function mostComing(maxRequests: number, maxConnections: number): number {
  return Math.max(1, Math.floor(Math.min(maxRequests, maxConnections) / 5));
}

/** The process lives while it drains, its figures can always be read, and browsers may ask what they may ask. */
function isAlwaysAnswered({ method, url = '' }: IncomingMessage): boolean {
  const path = pathOf(url);
  return path === '/healthz' || path === '/metrics' || method === 'OPTIONS';
}

function isReadiness({ url = '' }: IncomingMessage): boolean {
  return pathOf(url) === '/readyz';
}

function pathOf(url: string): string | undefined {
  return url.split('?', 1)[0];
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
