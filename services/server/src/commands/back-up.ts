import { backUp } from '../backup/back-up.ts';
import { megabytes, progressLine } from '../backup/progress-line.ts';
import { readDatabase } from '../configuration/configuration.ts';
import { StartFault } from '../start-fault.ts';
import { command } from './command.ts';

/** Copies the ledger's file while the service runs. */
export const backup = command({
  word: 'backup',
  usage: `\
  npm run backup -- --to <file>     copy the SQLite ledger of DATABASE_URL, also while the service runs`,
  options: { to: { type: 'string' } },
  async run({ to }, environment) {
    const database = readDatabase(environment);
    if (database.kind === 'postgres') {
      throw new StartFault(
        `DATABASE_URL is PostgreSQL, which has its own: pg_dump --format=custom --dbname="$DATABASE_URL" --file=${to ?? '<file>'}`,
      );
    }
    if (to === undefined) throw new StartFault('backup needs --to <file>; see --help');
    const progress = progressLine(process.stderr);
    const { file, bytes, sessions } = await backUp({
      from: database.file,
      to,
      onProgress: progress.show,
      stopped: whenInterrupted(),
    }).finally(progress.clear);
    process.stdout.write(`${file}: ${megabytes(bytes)}, ${sessions} sessions, checked\n`);
  },
});

function whenInterrupted(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
