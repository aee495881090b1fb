import { DatabaseOwned, LedgerCannotOpen } from '@watchledger/ledger';
import { LockUnavailable } from '@watchledger/lock';

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
  if (error instanceof DatabaseOwned || error instanceof LedgerCannotOpen) {
    return new StartFault(`DATABASE_URL: ${oneLine(error.message)}`);
  }
  if (error instanceof LockUnavailable) return new StartFault(`REDIS_URL: ${oneLine(error.message)}`);
  return new StartFault(`Cannot start: ${oneLine(error instanceof Error ? error.message : String(error))}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
