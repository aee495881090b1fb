import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** An exporter that remembers whether its last export arrived. */
export interface WatchedExporter extends SpanExporter {
  /** Rejects while the collector cannot be reached. */
  probe(): Promise<void>;
}

type Done = Parameters<SpanExporter['export']>[1];

/** @param onTrouble told of each export that did not arrive */
export function watchExporter(
  exporter: SpanExporter,
  onTrouble: (trouble: { readonly err: unknown }, message: string) => void,
): WatchedExporter {
  let failure: Error | null = null;
  return {
    export(spans: ReadableSpan[], done: Done) {
      exporter.export(spans, (result) => {
        failure = result.code === 0 ? null : (result.error ?? new Error('the export failed'));
        if (failure !== null) onTrouble({ err: failure }, 'traces do not reach their collector');
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
    probe: async () => {
      if (failure !== null) throw failure;
    },
  };
}
