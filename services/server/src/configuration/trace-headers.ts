import { Unreadable } from './environment.ts';

/**
 * Headers as OpenTelemetry writes them: `name=value,name=value`, values percent-encoded. They hold secrets, so a
 * fault quotes nothing. @throws Unreadable
 */
export function traceHeaders(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map(header));
}

function header(text: string): [string, string] {
  const [, name, written] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
  const value = written === undefined ? undefined : decoded(written);
  if (name === undefined || value === undefined) {
    throw new Unreadable('must list headers such as authorization=Bearer%20abc, comma-separated');
  }
  return [name, value];
}

/** Undefined where it is not percent-encoded, or no header can carry it. */
function decoded(written: string): string | undefined {
  if (/%(?![\da-f]{2})/i.test(written)) return undefined;
  const value = written.replaceAll(/%([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return /^[\x20-\x7e]+$/.test(value) ? value : undefined;
}
