import { instant, type LearnerId } from '@watchledger/rules';
import { eq } from 'drizzle-orm';
import type { Desk } from '../database/desk.ts';
import { first, rows, run } from '../database/work.ts';
import type * as tables from '../schema/sqlite.ts';
import type { EvidenceLedger, StoredFile } from './port.ts';

/** What files learners have handed in. */
export function createEvidence(desk: Desk): EvidenceLedger {
  return {
    add: (file, limitBytes) =>
      desk.command(function* ({ orm, tables: { evidenceFiles } }) {
        const { learnerId, name, sha256 } = file;
        const kept = yield* rows(
          orm.select().from(evidenceFiles).where(eq(evidenceFiles.learnerId, learnerId)),
        );
        const same = kept.find((each) => each.sha256 === sha256 && each.name === name);
        if (same !== undefined) return { outcome: 'there', file: fileOf(same) };
        const leftBytes = limitBytes - kept.reduce((sum, { bytes }) => sum + bytes, 0);
        if (file.bytes > leftBytes) return { outcome: 'full', leftBytes: Math.max(0, leftBytes) };
        yield* run(orm.insert(evidenceFiles).values(file));
        return { outcome: 'added', file };
      }),

    file: (fileId) =>
      desk.read(function* ({ orm, tables: { evidenceFiles, learners } }) {
        const found = yield* first(
          orm
            .select({ file: evidenceFiles, organisationId: learners.organisationId })
            .from(evidenceFiles)
            .leftJoin(learners, eq(learners.learnerId, evidenceFiles.learnerId))
            .where(eq(evidenceFiles.fileId, fileId)),
        );
        if (found === undefined) return null;
        return { file: fileOf(found.file), organisationId: found.organisationId };
      }),
  };
}

const fileOf = (row: typeof tables.evidenceFiles.$inferSelect): StoredFile => ({
  ...row,
  learnerId: row.learnerId as LearnerId,
  uploadedAt: instant(row.uploadedAt),
});
