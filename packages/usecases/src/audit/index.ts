export { type AuditContext, auditTrail } from './audit-trail.ts';
export { type Verdict, type VerifyContext, verifyLedger } from './verify-ledger.ts';
