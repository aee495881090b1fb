import type { Activity, ReviewActivity } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { isDecidedSo } from './decided-so.ts';

const approved = {
  state: 'approved',
  decidedBy: 'r-1',
  seconds: 7_200,
  grantedSeconds: 7_200,
  comment: null,
};
const rejected = { ...approved, state: 'rejected', grantedSeconds: null, comment: '材料不足' };

test.each([
  [approved, { decision: 'approve' }, true],
  [approved, { decision: 'approve', grantedSeconds: 7_200, comment: null }, true],
  [approved, { decision: 'approve', grantedSeconds: 3_600 }, false],
  [approved, { decision: 'approve', comment: '好' }, false],
  [approved, { decision: 'reject', comment: '材料不足' }, false],
  [rejected, { decision: 'reject', comment: '材料不足' }, true],
  [{ ...rejected, decidedBy: 'r-2' }, { decision: 'reject', comment: '材料不足' }, false],
  [{ ...rejected, state: 'submitted', decidedBy: null }, { decision: 'reject', comment: '材料不足' }, false],
])('%j is what r-1 decided by %j: %s', (activity, review, is) => {
  expect(isDecidedSo(activity as Activity, 'r-1', review as ReviewActivity)).toBe(is);
});
