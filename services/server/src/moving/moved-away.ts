import { LedgerUnavailable, type OfficeLedger, type PostgresShare } from '@watchledger/ledger';
import { Finding } from '../readiness.ts';

const takenWords = 'was taken by a move: restart this process where the ledger is now';

/** The same port, which acknowledges nothing once a move has taken its database. */
export function servedWhile<Port extends object>(share: Pick<PostgresShare, 'lost'>, port: Port): Port {
  const commands = Object.entries(port as Record<string, (...args: unknown[]) => Promise<unknown>>);
  const refuse = () => {
    if (share.lost) throw new LedgerUnavailable('failed', new Error('a move has taken the database'));
  };
  const guarded = commands.map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      refuse();
      const reply = await run(...args);
      // Stored meanwhile, it may be too late to be moved.
      refuse();
      return reply;
    },
  ]);
  return Object.fromEntries(guarded);
}

/** The same for all ports of offices. */
export function servedOffice(share: Pick<PostgresShare, 'lost'>, office: OfficeLedger): OfficeLedger {
  const parts = Object.entries<object>({ ...office }).map(([part, port]) => [part, servedWhile(share, port)]);
  return Object.fromEntries(parts);
}

/** Rejects with what `/readyz` then says. */
export async function mustBeServed(share: Pick<PostgresShare, 'lost'>): Promise<void> {
  if (share.lost) throw new Finding('down', takenWords, 'a move has taken the database');
}
