import type { AuditEntry } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf } from './client.fixture.ts';

const entry = (sequence: number): AuditEntry => ({
  sequence,
  at: '2026-03-01T01:00:00Z',
  actor: 'back-office',
  action: 'updated',
  subject: { kind: 'courseware', id: 'cw-1' },
  learnerId: null,
  changes: [{ field: 'limitSeconds', from: 720, to: 7200 }],
  reason: null,
  seal: 'a'.repeat(64),
});

describe('the audit trail', () => {
  it('is read over all pages', async () => {
    const auditTrail = vi
      .fn()
      .mockResolvedValueOnce({ items: [entry(1)], nextCursor: 'two' })
      .mockResolvedValueOnce({ items: [entry(2)], nextCursor: null });
    const { client } = clientOf({ office: { auditTrail } });
    const search = { kind: 'courseware', id: 'cw-1', actor: 'back-office' } as const;
    expect(await all(client.auditTrail(search))).toEqual([entry(1), entry(2)]);
    const asked = { ...search, organisationId: null, limit: 200 };
    expect(auditTrail.mock.calls).toEqual([[asked], [{ ...asked, cursor: 'two' }]]);
  });

  it('is for admins alone', async () => {
    const { client } = clientOf({ scope: 'review' });
    await expect(all(client.auditTrail())).rejects.toMatchObject({
      status: 403,
      problem: { requiredScope: 'admin' },
    });
  });
});
