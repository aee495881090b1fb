import { existsSync } from 'node:fs';
import {
  createOffice,
  createPostgresDesk,
  createSqliteDesk,
  LedgerCannotOpen,
  openPostgres,
  openSqlite,
} from '@watchledger/ledger';
import type { VerifyContext } from '@watchledger/usecases';
import type { Closing } from '../closing.ts';
import type { DatabaseAddress } from '../configuration/database-address.ts';
import { StartFault } from '../start-fault.ts';

/** Opens a ledger to be looked at, also while it is served. Throws `StartFault`. */
export async function openChecked(address: DatabaseAddress, closing: Closing): Promise<VerifyContext> {
  try {
    if (address.kind === 'postgres') {
      const database = await openPostgres({
        url: address.url,
        readOnly: true,
        current: true,
        connections: 1,
      });
      closing.add(() => database.close());
      return createOffice(createPostgresDesk(database));
    }
    if (!existsSync(address.file)) throw new LedgerCannotOpen(`there is no file ${address.file}`);
    const database = openSqlite({ file: address.file, readOnly: true, current: true });
    closing.add(() => database.close());
    return createOffice(createSqliteDesk(database));
  } catch (error) {
    if (error instanceof LedgerCannotOpen) throw new StartFault(`DATABASE_URL: ${error.message}`);
    throw error;
  }
}
