import { verifyLedger } from '@watchledger/usecases';
import { Closing } from '../closing.ts';
import { readDatabase } from '../configuration/configuration.ts';
import { openChecked } from '../verify/open-checked.ts';
import { command } from './command.ts';

/** Checks that nobody has written past the product. */
export const verify = command({
  word: 'verify',
  usage: `\
  npm run verify [-- --head <seal>] check the audit trail of DATABASE_URL, and that all decisions agree with it, also
                                    while the service runs; exits with 1 and names what is not right
      --head <seal>                 the last seal of an earlier check, which must still be there`,
  options: { head: { type: 'string' } },
  async run({ head }, environment) {
    const closing = new Closing();
    try {
      const ledger = await openChecked(readDatabase(environment), closing);
      const verdict = await verifyLedger(ledger, {
        head: head ?? null,
        onProgress: tellEntries,
      });
      for (const fault of verdict.faults) process.stdout.write(`${fault}\n`);
      const chain =
        verdict.faults.length === 0 ? 'chain intact, decisions agree with it' : 'NOT as it was written';
      process.stdout.write(`${verdict.entries} entries, ${chain}, head ${verdict.head}\n`);
      if (verdict.faults.length > 0) process.exitCode = 1;
    } finally {
      await closing.run();
    }
  },
});

/** On a terminal, one line that changes. */
function tellEntries(entries: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${entries} entries checked\u001b[K\r`);
}
