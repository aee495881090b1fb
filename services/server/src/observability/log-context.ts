import { trace } from '@opentelemetry/api';

/** What every log line of a traced request says beside its own words, so that the two can be brought together. */
export function traceOfLine(): { trace_id?: string; span_id?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
