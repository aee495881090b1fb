import { createServer, type Server } from 'node:http';
import { leaveForCleanup } from '../harness/cleanup.ts';

/** A span as a collector gets it by OTLP/JSON. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1: internal, 2: server, 3: client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly failed: boolean;
}

/** An OpenTelemetry collector: it keeps what it is sent over HTTP. */
export interface TestCollector {
  readonly endpoint: string;
  readonly spans: readonly CollectedSpan[];
  /** The `Authorization` of each delivery; empty where it had none. */
  readonly tokens: readonly string[];
  /** All that was sent, as it was sent. */
  text(): string;
  /** Takes connections and answers nothing from now on. */
  hang(): void;
  stop(): Promise<void>;
}

export async function startCollector(): Promise<TestCollector> {
  const bodies: string[] = [];
  const spans: CollectedSpan[] = [];
  const tokens: string[] = [];
  let hanging = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (hanging) return;
    if (request.url !== '/v1/traces' || request.headers['content-type'] !== 'application/json') {
      response.writeHead(415).end();
      return;
    }
    const body = Buffer.concat(chunks).toString('utf8');
    tokens.push(request.headers.authorization ?? '');
    bodies.push(body);
    spans.push(...spansOf(JSON.parse(body)));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => closed(server);
  leaveForCleanup({ undo: stop, atOnce: () => server.closeAllConnections() });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    spans,
    tokens,
    text: () => bodies.join('\n'),
    hang: () => {
      hanging = true;
    },
    stop,
  };
}

interface Otlp {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

type OtlpSpan = Omit<CollectedSpan, 'attributes' | 'failed'> & {
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: number };
  }[];
  readonly status: { readonly code?: number };
};

function spansOf({ resourceSpans }: Otlp): CollectedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ attributes, status, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(
        attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']),
      ),
      failed: status.code === 2,
    }));
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
