import { DatabaseOwned, LedgerCannotOpen } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';
import { PolicyNotInForce, TimeZoneFixed } from '@watchledger/usecases';

/** Why the service does not start: lines for the operator, each naming what to change. Never a stack. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Any error of a start as lines for the operator. */
export function startFaultOf(error: unknown): StartFault {
  if (error instanceof StartFault) return error;
  const message = oneLine(error instanceof Error ? error.message : String(error));
  if (error instanceof DatabaseOwned || error instanceof LedgerCannotOpen) {
    return new StartFault(`DATABASE_URL: ${message}`);
  }
  if (error instanceof LockUnavailable) return new StartFault(`REDIS_URL: ${message}`);
  if (error instanceof TimeZoneFixed) return new StartFault(`POLICY_FILE: ${message}`);
  if (error instanceof PolicyNotInForce) {
    return new StartFault(
      `POLICY_FILE: ${message}. Start with that policy, or put this one in force: --adopt-policy`,
    );
  }
  return new StartFault(`Cannot start: ${message}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
