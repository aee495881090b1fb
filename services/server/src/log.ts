import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Configuration } from './configuration/configuration.ts';
import { errorOfLine } from './observability/error-of-line.ts';
import { traceOfLine } from './observability/log-context.ts';

/** Structured lines for machines in production, readable ones for people elsewhere; on stdout. */
export function createLog({
  production,
  logLevel,
  tracesEndpoint,
}: Pick<Configuration, 'production' | 'logLevel' | 'tracesEndpoint'>): Logger {
  const stdout = destination({ fd: 1, sync: true });
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorOfLine },
      ...(tracesEndpoint === null ? {} : { mixin: traceOfLine }),
    },
    production ? stdout : readable(stdout),
  );
}

/** Turns each structured line into `08:30:00.000 info  message  {"more":1}`. */
export function readable(stream: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { level, time, msg = '', err, ...more } = JSON.parse(line);
      const rest = Object.keys(more).length > 0 ? `  ${JSON.stringify(more)}` : '';
      const trace = err === undefined ? '' : `\n${err.stack ?? JSON.stringify(err)}`;
      stream.write(`${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${msg}${rest}${trace}\n`);
    },
  };
}
