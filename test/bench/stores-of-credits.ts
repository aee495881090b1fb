import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  createGroupCommit,
  createOffice,
  createPostgresCourseware,
  createPostgresCredits,
  createPostgresDesk,
  createPostgresPolicies,
  createPostgresViewing,
  createSqliteCourseware,
  createSqliteCredits,
  createSqliteDesk,
  createSqlitePolicies,
  createSqliteViewing,
  openPostgres,
  openSqlite,
} from '@watchledger/ledger';
import { createCalendar, defaultPolicy, instant } from '@watchledger/rules';
import { createPolicyInForce, type streamCredits } from '@watchledger/usecases';
import { leaveForCleanup } from '../harness/cleanup.ts';
import { startPostgres, temporaryFolder } from '../harness/index.ts';
import { makeFullLedger, YEAR } from './full-ledger.ts';

/** A full ledger, and what the use-cases of credits need of it: what the service wires, without the service. */
export interface StoreOfCredits {
  readonly name: string;
  readonly learners: number;
  readonly context: Parameters<typeof streamCredits>[0];
}

const policy = defaultPolicy;
const calendar = createCalendar(policy.timeZone);
const now = () => instant(Date.UTC(YEAR, 11, 1));
const around = { policy, calendar, now, lockTime: async () => now() };
const maxWaiting = 1;

export async function inSqlite(learners: number): Promise<StoreOfCredits> {
  const file = filled(learners);
  const writer = openSqlite({ file, migrate: true });
  const courseware = createSqliteCourseware(writer);
  const context = {
    ...around,
    credits: createSqliteCredits(writer, calendar, openSqlite({ file, readOnly: true })),
    viewing: createSqliteViewing(writer, createGroupCommit(writer.client, { maxWaiting })),
    people: createOffice(createSqliteDesk(writer)).people,
    policyInForce: createPolicyInForce({ policies: createSqlitePolicies(writer), courseware, policy }),
  };
  return { name: 'SQLite', learners, context };
}

/** The same ledger, moved by the product's own command. */
export async function inPostgres(learners: number): Promise<StoreOfCredits> {
  const url = await (await startPostgres()).createDatabase();
  await promisify(execFile)(process.execPath, [
    program,
    'move',
    '--from',
    `file:${filled(learners)}`,
    '--to',
    url,
  ]);
  const writer = await openPostgres({ url });
  const reader = await openPostgres({ url, readOnly: true });
  const undo = async () => void (await Promise.all([writer.close(), reader.close()]));
  leaveForCleanup({ undo, atOnce: () => {} });
  const courseware = createPostgresCourseware(writer);
  const context = {
    ...around,
    credits: createPostgresCredits(writer, calendar, reader),
    viewing: createPostgresViewing(writer, { maxWaiting, heartbeats: writer }),
    people: createOffice(createPostgresDesk(writer)).people,
    policyInForce: createPolicyInForce({ policies: createPostgresPolicies(writer), courseware, policy }),
  };
  return { name: 'PostgreSQL', learners, context };
}

const program = fileURLToPath(new URL('../../services/server/bin/watchledger.js', import.meta.url));

function filled(learners: number): string {
  const file = join(temporaryFolder(), 'watchledger.db');
  makeFullLedger(file, learners);
  return file;
}
