import type { z } from 'zod';
import type { Fault } from './problem.ts';

/** What reading a message gives: its value, or every fault in it. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: Fault[] };

/**
 * Reads a message by its schema. Faults are named by JSON pointer (RFC 6901) in the order of the schema.
 * @example readMessage(Heartbeat, body)
 */
export function readMessage<Schema extends z.ZodType>(
  schema: Schema,
  message: unknown,
): Reading<z.output<Schema>> {
  const result = schema.safeParse(message, { error: wording });
  return result.success ? { ok: true, value: result.data } : { ok: false, faults: faultsOf(result.error) };
}

function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pointer([...issue.path, key]), message: 'is not known here' }))
      : [{ path: pointer(issue.path), message: issue.message }],
  );
}

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Says what a value must be, where the schema itself has no words for it. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined
    ? 'is required'
    : `must be ${expectations[issue.expected] ?? issue.expected}`;
}

const expectations: Partial<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};
