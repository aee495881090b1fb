import { type AuditRow, chainStart, type PastOffice } from '@watchledger/ledger';
import { describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../testing/office.ts';
import { approved, declared, HOUR, held, hq, institute, training } from '../testing/office-work.ts';
import { putTraining } from '../trainings/index.ts';
import { closeYear } from '../years/index.ts';
import { auditTrail, verifyLedger } from './index.ts';

/** An office in which a bit of everything was decided. */
async function busyOffice(): Promise<Office> {
  const office = await openOffice();
  await Promise.all([
    institute(office, 'imr', ['u1', 'u2']),
    office.put('film', 60),
    approved(office, 'u3', declared()),
    approved(office, 'u4', declared({ from: '2025-05-01', to: '2025-05-01' }), HOUR / 2),
  ]);
  await held(office, 't1', training(), ['u1', 'u2']);
  await closeYear(office, { ...hq, year: 2025 });
  return office;
}

/** What the check says of a ledger of which these parts were tampered with. */
function verdictOn(
  office: Office,
  tampered: { entries?: (rows: AuditRow[]) => AuditRow[]; present?: object; credited?: number },
) {
  const as = ({ audit, years }: PastOffice): PastOffice => ({
    audit: {
      entries: async (search) => (tampered.entries ?? ((rows) => rows))(await audit.entries(search)),
      present: async (...asked) =>
        (await audit.present(...asked)).map(({ id, fields }) => ({
          id,
          fields: { ...fields, ...tampered.present },
        })),
    },
    years: {
      years: years.years,
      frozen: async (...asked) =>
        (await years.frozen(...asked)).map((each) => {
          const credited = { ...each.stored.credited, 'self-study': tampered.credited as never };
          return tampered.credited === undefined ? each : { ...each, stored: { ...each.stored, credited } };
        }),
    },
  });
  return verifyLedger({
    snapshots: { take: (read) => office.snapshots.take((past) => read(as(past))) },
  });
}

describe('the audit trail', () => {
  test('is a chain that holds, whoever wrote it at once, and accounts for all that decides about hours', async () => {
    const office = await busyOffice();
    const { items } = await auditTrail(office, { organisationId: null, limit: 100 });
    expect(items.map(({ sequence }) => sequence)).toEqual(items.map((_, index) => index + 1));
    expect(await verifyLedger(office)).toEqual({
      entries: items.length,
      head: items.at(-1)?.seal,
      faults: [],
    });
  });

  test('is checked as of one moment, whatever is decided before each thing that is read', async () => {
    const office = await busyOffice();
    const before = await verifyLedger(office);
    let nth = 0;
    const decided = async () => {
      nth += 1;
      await office.put('film', 60 + nth);
      await approved(office, 'u5', declared({ title: `Book ${nth}` }));
      await putTraining(office, { ...hq, id: 't1', fields: training({ offline: 4 + nth }) });
    };
    const busy = ({ audit, years }: PastOffice): PastOffice => ({
      audit: {
        entries: async (search) => {
          const entries = await audit.entries(search);
          await decided();
          return entries;
        },
        present: async (...asked) => {
          await decided();
          return audit.present(...asked);
        },
      },
      years,
    });
    const verdict = await verifyLedger({
      snapshots: { take: (read) => office.snapshots.take((past) => read(busy(past))) },
    });
    expect(verdict).toEqual(before);
    expect(nth).toBeGreaterThan(4);
    expect(await verifyLedger(office, { head: verdict.head })).toMatchObject({ faults: [] });
  });

  test('is read from its end as well, a page at a time', async () => {
    const office = await busyOffice();
    const all = await auditTrail(office, { organisationId: null, limit: 200 });
    const newest = { organisationId: null, order: 'newest', limit: 3 } as const;
    const first = await auditTrail(office, newest);
    const next = await auditTrail(office, { ...newest, cursor: first.nextCursor });
    const sequences = [...first.items, ...next.items].map(({ sequence }) => sequence);
    expect(sequences).toEqual(
      all.items
        .map(({ sequence }) => sequence)
        .reverse()
        .slice(0, 6),
    );
  });

  test('names the entry that was changed, or before which others were taken away', async () => {
    const office = await busyOffice();
    const changed = await verdictOn(office, {
      entries: (rows) => rows.map((row) => (row.sequence === 3 ? { ...row, actor: 'nobody' } : row)),
    });
    expect(changed).toMatchObject({
      entries: 2,
      faults: [expect.stringMatching(/^audit entry 3 .*by nobody.*not as it was/)],
    });
    const shortened = await verdictOn(office, {
      entries: (rows) => rows.filter(({ sequence }) => sequence !== 2),
    });
    expect(shortened.faults).toEqual([expect.stringMatching(/^audit entry 3 .*1 before it are missing$/)]);
    const emptied = await verdictOn(office, { entries: () => [] });
    expect(emptied).toMatchObject({ entries: 0, head: chainStart.seal });
    expect(emptied.faults.length).toBeGreaterThan(4);
  });

  test('gives away hours that were written past the product', async () => {
    const office = await busyOffice();
    const hours = await verdictOn(office, { present: { grantedMs: 9 * HOUR * 1_000 } });
    expect(hours.faults).toContainEqual(
      expect.stringMatching(/^activity .*grantedMs is 32400000, .* says 3600000$/),
    );
    const limit = await verdictOn(office, { present: { limitMs: 1 } });
    expect(limit.faults).toContainEqual(
      'courseware film: its limitMs is 1, and the audit trail says 3600000',
    );
    const frozen = await verdictOn(office, { credited: 5 });
    expect(frozen.faults).toEqual(['year 2025: its snapshot is not as it was closed']);
  });

  test('shortened at its end is told by whoever has noted its head', async () => {
    const office = await busyOffice();
    const { head } = await verifyLedger(office);
    await office.put('another', 60);
    expect((await verifyLedger(office, { head })).faults).toEqual([]);
    const other = await busyOffice();
    expect((await verifyLedger(other, { head })).faults).toEqual([
      expect.stringContaining('is not there any more'),
    ]);
  });

  test('is read by headquarters alone', async () => {
    const office = await openOffice();
    await expect(auditTrail(office, { organisationId: 'imr', limit: 10 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
