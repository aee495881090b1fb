import { readFileSync } from 'node:fs';
import { defaultPolicy, type Policy, PolicyError, parsePolicy } from '@watchledger/rules';
import { StartFault } from './start-fault.ts';

/** The policy of a file, or the default one. Throws `StartFault` with a line for each faulty key. */
export function readPolicyFile(file: string | null): Policy {
  if (file === null) return defaultPolicy;
  try {
    return parsePolicy(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof PolicyError) {
      throw new StartFault(
        ...error.faults.map(
          ({ key, message }) => `POLICY_FILE ${file}: ${key === '' ? '' : `${key}: `}${message}`,
        ),
      );
    }
    if (error instanceof SyntaxError)
      throw new StartFault(`POLICY_FILE ${file} is not JSON: ${error.message}`);
    if (error instanceof Error && 'code' in error) {
      throw new StartFault(`POLICY_FILE ${file} cannot be read (${String(error.code)})`);
    }
    throw error;
  }
}
