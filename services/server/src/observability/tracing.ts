import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Fetch } from '../http-server.ts';
import { watchExporter } from './span-export.ts';
import { failureOf } from './timing.ts';
import { parentOf } from './traceparent.ts';
import type { Around } from './watched-port.ts';

export interface TracingOptions {
  /** The collector's address; traces go to `/v1/traces` under it. */
  readonly endpoint: string;
  /** Sent along with them, such as the collector's own token. */
  readonly headers: Readonly<Record<string, string>>;
  /** The share of traces kept, from 0 to 1. */
  readonly share: number;
  readonly version: string;
  readonly onTrouble: (trouble: { readonly err: unknown }, message: string) => void;
}

/** Spans of requests and of what they ask of the stores; they name routes and commands, and nobody. */
export interface Tracing {
  /** @param routeOf the pattern of a path's route, such as `/v1/sessions/{id}`; undefined: there is none */
  requests(fetch: Fetch, routeOf: (method: string, path: string) => string | undefined): Fetch;
  /** @param system the store's name in OpenTelemetry, such as `redis`; null: it is in this process */
  commands(part: string, system: string | null): (command: string) => Around;
  /** Rejects while the collector cannot be reached. */
  probe(): Promise<void>;
  /** Sends what is still here, for two seconds at most. */
  close(): Promise<void>;
}

/** How long one export may take, tries included; an unreachable collector keeps nothing longer. */
const exportMs = 2_000;
/** Asked by machines, every few seconds. */
const untraced = new Set(['/healthz', '/readyz', '/metrics']);
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE']);

export function openTracing({ endpoint, headers, share, version, onTrouble }: TracingOptions): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = watchExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: exportMs }), onTrouble);
  const sampler = keeping(share);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'watchledger', 'service.version': version }),
    // A caller may ask that its trace is not kept; that one is, anybody could ask for.
    sampler: new ParentBasedSampler({ root: sampler, remoteParentSampled: sampler }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportMs })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer('watchledger', version);

  return {
    requests: (fetch, routeOf) => async (request) => {
      const path = new URL(request.url).pathname;
      if (untraced.has(path)) return fetch(request);
      const method = methods.has(request.method) ? request.method : '_OTHER';
      const parent = parentOf(request.headers);
      const above = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
      const attributes = { 'http.request.method': method };
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, above);
      if (span.isRecording()) {
        const route = routeOf(request.method, path);
        if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
      }
      return within(trace.setSpan(above, span), span, async () => {
        const response = await fetch(request);
        span.setAttribute('http.response.status_code', response.status);
        if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        return response;
      });
    },

    commands: (part, system) => (command) => {
      const name = `${part} ${command}`;
      const kind = system === null ? SpanKind.INTERNAL : SpanKind.CLIENT;
      const attributes = system === null ? {} : { 'db.system.name': system };
      return (run, outcomeOf) => {
        const above = context.active();
        // Only what a request asks for; and of a request that is not kept, nothing.
        if (!trace.getSpan(above)?.isRecording()) return run();
        const span = tracer.startSpan(name, { kind, attributes }, above);
        return within(trace.setSpan(above, span), span, async () => {
          const reply = await run();
          span.setAttribute('watchledger.outcome', outcomeOf(reply));
          return reply;
        });
      };
    },

    probe: exporter.probe,

    async close() {
      // What does not get out by now is lost, as it is with a collector that is away.
      await provider
        .shutdown()
        .catch((err: unknown) => onTrouble({ err }, 'traces do not reach their collector'));
      context.disable();
    },
  };
}

/** By dice, and not by the trace's id as usual: whoever calls may choose that one. */
function keeping(share: number): Sampler {
  return {
    shouldSample: () => ({
      decision: Math.random() < share ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
    toString: () => `Keeping{${share}}`,
  };
}

async function within<Result>(around: Context, span: Span, run: () => Promise<Result>): Promise<Result> {
  try {
    return await context.with(around, run);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', failureOf(error));
    throw error;
  } finally {
    span.end();
  }
}
