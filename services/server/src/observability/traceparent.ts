import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** Where a caller's trace goes on, by the headers of W3C Trace Context; undefined where there is none to go on. */
export function parentOf(headers: Headers): SpanContext | undefined {
  const [, version, traceId, spanId, flags, more] = header.exec(headers.get('traceparent') ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Later versions may add fields, this one may not.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  const state = headers.get('tracestate');
  const parent: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state !== null && { traceState: createTraceState(state) }),
  };
  return isSpanContextValid(parent) ? parent : undefined;
}

const header = /^\s*([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?\s*$/;
