import { existsSync } from 'node:fs';
import { compareLedgers, moveLedger, type Proof, placeOf } from '@watchledger/ledger';
import { Closing } from '../closing.ts';
import { type DatabaseAddress, databaseAddress } from '../configuration/database-address.ts';
import { Unreadable } from '../configuration/environment.ts';
import { type MoveOption, named, openAsItIs, openSource, openTarget } from '../moving/ends.ts';
import { tellProgress } from '../moving/progress.ts';
import { nextSteps, proofReport } from '../moving/report.ts';
import { StartFault } from '../start-fault.ts';
import { command } from './command.ts';

/** Copies a ledger from SQLite into PostgreSQL, or back, and proves that both are equal. */
export const move = command({
  word: 'move',
  usage: `\
  npm run move -- --from <address> --to <address>
                                    copy a ledger from SQLite into PostgreSQL, or back, and prove it equal
      --from, --to <address>        file:<path> and postgres://user:password@host:port/database
      --verify                      only compare the two; nothing is written`,
  options: { from: { type: 'string' }, to: { type: 'string' }, verify: { type: 'boolean' } },
  async run({ from: fromText, to: toText, verify = false }) {
    const from = addressOf('--from', fromText);
    const to = addressOf('--to', toText);
    refuseAlike(from, to, verify);
    const closing = new Closing();
    try {
      const proof = await (verify ? compare(from, to, closing) : copy(from, to, closing));
      print(proofReport(proof));
      if (!proof.equal) throw new StartFault(verify ? 'The two ledgers differ' : unequal);
      if (!verify) print(['', ...nextSteps(to, secretBeside(from))]);
    } finally {
      await closing.run();
    }
  },
});

const unequal =
  'The target does not hold the same and cannot be served: remove it, stop whatever writes to the source, and move anew';
const progress = tellProgress(process.stderr);

async function copy(from: DatabaseAddress, to: DatabaseAddress, closing: Closing): Promise<Proof> {
  const source = await openSource(from, closing);
  const target = await openTarget(to, closing);
  try {
    return await named('--to', () =>
      moveLedger(source, target, { onProgress: progress, onStage: (stage) => say(stages[stage]) }),
    );
  } catch (error) {
    throw error instanceof StartFault ? error : brokenOff(error);
  }
}

const stages = {
  begun: 'moving',
  resumed: 'going on with the move that was broken off',
  again: 'the source has changed since the move was begun: copying everything once more',
};

async function compare(from: DatabaseAddress, to: DatabaseAddress, closing: Closing): Promise<Proof> {
  const source = await openAsItIs('--from', from, closing);
  const target = await openAsItIs('--to', to, closing);
  return compareLedgers(source, target, { onProgress: progress });
}

function addressOf(option: MoveOption, text: string | undefined): DatabaseAddress {
  if (text === undefined || text.trim() === '')
    throw new StartFault(`move needs ${option} <address>; see --help`);
  try {
    return databaseAddress(text.trim());
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new StartFault(`${option} ${error.message}`);
  }
}

function refuseAlike(from: DatabaseAddress, to: DatabaseAddress, verify: boolean): void {
  if (placeIn(from) === placeIn(to)) throw new StartFault('--to is the same database as --from');
  if (verify || from.kind !== to.kind) return;
  const instead =
    from.kind === 'sqlite' ? 'npm run backup copies a SQLite file' : 'pg_dump copies a PostgreSQL database';
  throw new StartFault(`--to is of the same kind as --from: ${instead}`);
}

const placeIn = (address: DatabaseAddress) =>
  address.kind === 'sqlite' ? address.file : placeOf(address.url);

/** Where the secret is that was made for a ledger without a configured one. */
function secretBeside(from: DatabaseAddress): string | null {
  if (from.kind === 'postgres') return null;
  const file = `${from.file}.secret`;
  return existsSync(file) ? file : null;
}

function brokenOff(error: unknown): StartFault {
  const why = error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, ' ') : String(error);
  return new StartFault(`The move broke off: ${why}. Run it again; it goes on where it stopped`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
