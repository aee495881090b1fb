import type { Proof } from '@watchledger/ledger';
import type { DatabaseAddress } from '../configuration/database-address.ts';
import { grouped } from './progress.ts';

/** What was compared and found, in lines. */
export function proofReport(proof: Proof): string[] {
  const { tables, learners, sessionDays, checksums, equal, differences, first } = proof;
  const named = new Map(tables.map((table) => [table.name, table]));
  const rest = tables.filter(({ name }) => !ofLearners.includes(name));
  const counts = (name: string) => {
    const { from, to } = named.get(name) ?? { from: 0, to: 0 };
    return from === to ? grouped(from) : `${grouped(from)} and ${grouped(to)}`;
  };
  const lines = [
    `learners ${counts('learners')}, sessions ${counts('sessions')}, session-days ${grouped(sessionDays)}`,
    rest.map(({ name }) => `${name} ${counts(name)}`).join(', '),
  ];
  if (equal)
    return [
      ...lines,
      `${grouped(learners)} learners compared one by one: equal`,
      `checksum of all ${checksums.from} = ${checksums.to}`,
    ];
  return [
    ...lines,
    ...first,
    ...(differences > first.length ? [`… and ${grouped(differences - first.length)} more`] : []),
    `checksum of all ${checksums.from} is not ${checksums.to}`,
  ];
}

const ofLearners = ['learners', 'sessions', 'session_days'];

/** How the service is started where the ledger is now. */
export function nextSteps(to: DatabaseAddress, secretFile: string | null): string[] {
  const secret = secretFile === null ? [] : [`  AUTH_SECRET as in ${secretFile}, so that tokens stay valid`];
  return to.kind === 'postgres'
    ? [
        'Start every process with:',
        '  DATABASE_URL as it was given to --to',
        '  REDIS_URL    the same as before, or any Redis if there was none',
        ...secret,
        'The file stays as it was: keep it as a backup, and start nothing on it any more.',
      ]
    : [
        `Start the service with DATABASE_URL=file:${to.file}, and without REDIS_URL for one process alone.`,
        'The PostgreSQL database stays as it was: keep it as a backup, and start nothing on it any more.',
      ];
}
