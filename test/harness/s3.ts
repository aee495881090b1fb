import { type S3Server, startS3Server } from '@watchledger/server/testing/s3-server';
import { leaveForCleanup } from './cleanup.ts';

export type { S3Server };

/** A real object store of the test's own, with an empty bucket for evidence. */
export async function startS3(): Promise<S3Server> {
  const server = await startS3Server();
  // It ends by itself with the process of the test.
  leaveForCleanup({ undo: () => server.stop(), atOnce: () => {} });
  return server;
}
