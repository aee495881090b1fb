import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fileOf, runCommand, temporaryFolder } from '../harness/index.ts';
import type { Stage } from './stage.ts';
import { Broken, expectSame, tell, tellChapter, tellStep } from './teller.ts';

/** Part 3: the chain of the audit trail is intact, and whoever writes past the product is found out. */
export async function chainVerified({ service, clock }: Stage): Promise<void> {
  const verify = verifier(() => clock.shown());
  tellChapter('3  The audit chain is verified, while the service runs');
  const { said } = await verify(service.databaseUrl, 0, 'entries, chain intact');
  const head = said.match(/^(\d+) entries, chain intact\b.*\bhead ([0-9a-f]{64})$/m)?.[2];
  if (head === undefined) throw new Broken(`no head is told: ${said}`);
  await service.stop();

  tellChapter('3  One row of the trail is tampered with in SQL');
  const trail = copyOf(service.databaseUrl);
  const entry = tamperWithTrail(trail);
  await verify(`file:${trail}`, 1, `audit entry ${entry} `);

  tellChapter('3  So are the hours of one activity');
  const hours = copyOf(service.databaseUrl);
  const activityId = tamperWithHours(hours);
  await verify(`file:${hours}`, 1, activityId);

  tellChapter('3  And the ledger itself is as it was');
  const again = await verify(service.databaseUrl, 0, head);
  expectSame('what the verifier says of it', again.said, said);
}

const verifier =
  (shown: () => string) =>
  async (databaseUrl: string, wanted: 0 | 1, names: string): Promise<{ readonly said: string }> => {
    const { code, stdout, stderr } = await runCommand(['verify'], { DATABASE_URL: databaseUrl });
    if (code !== wanted)
      throw new Broken(`verify: expected the exit code ${wanted}, got ${code}\n${stdout}${stderr}`);
    if (!stdout.includes(names)) throw new Broken(`verify does not name "${names}":\n${stdout}${stderr}`);
    const what = 'watchledger verify';
    const [first = '', ...more] = stdout.trimEnd().split('\n');
    tellStep({ when: shown(), who: 'operator', what, outcome: `exit ${code}`, says: first });
    for (const line of more) tell(`  ${line}`);
    return { said: stdout };
  };

function copyOf(databaseUrl: string): string {
  const copy = join(temporaryFolder(), 'watchledger.db');
  copyFileSync(fileOf(databaseUrl), copy);
  return copy;
}

/** As whoever has the file could: makes it look as if the editor had corrected the limit to ten hours. */
function tamperWithTrail(file: string): number {
  const database = new Database(file);
  try {
    const wanted = "subject_id = 'cw-safety' and reason = 'two hours were meant'";
    const { sequence } = database.prepare(`select sequence from audit where ${wanted}`).get() as {
      sequence: number;
    };
    const update = `update audit set changes = replace(changes, '7200000', '36000000') where sequence = ${sequence}`;
    try {
      database.exec(update);
      throw new Broken('a row of the audit trail can be changed');
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      tell(`sqlite> ${update};\n          refused: ${error.message}`);
    }
    database.exec('drop trigger audit_is_never_changed');
    expectSame('changed rows', database.prepare(update).run().changes, 1);
    tell(`sqlite> drop trigger audit_is_never_changed;\n  sqlite> ${update};`);
    return sequence;
  } finally {
    database.close();
  }
}

/** Gives the learner of 2016 ten times the hours that were approved. */
function tamperWithHours(file: string): string {
  const database = new Database(file);
  try {
    const { id } = database
      .prepare("select activity_id as id from activities where category = 'offline' and state = 'approved'")
      .get() as { id: string };
    const update = `update activities set granted_ms = granted_ms * 10 where activity_id = '${id}'`;
    expectSame('changed rows', database.prepare(update).run().changes, 1);
    tell(`sqlite> ${update};`);
    return id;
  } finally {
    database.close();
  }
}
