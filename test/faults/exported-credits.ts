import type { CreditsRow, StreamEnd } from '@watchledger/contract';
import { api, type Deployment } from '../harness/index.ts';

/** The credits of all learners, by their ids, as a back end exports them from the first process. */
export async function exportedCredits({
  urls: [url = ''],
  token,
}: Deployment): Promise<Map<string, CreditsRow>> {
  const reader = api(url, token({ sub: 'lms', scope: 'credits:read' }));
  const { status, body } = await reader.get<string>('/v1/credits', { Accept: 'application/x-ndjson' });
  if (status !== 200) throw new Error(`credits were answered ${status}`);
  const lines = body.split('\n').filter(Boolean);
  const rows = lines.slice(0, -1).map((line): CreditsRow => JSON.parse(line));
  const { end, count }: StreamEnd = JSON.parse(lines.at(-1) ?? '{}');
  if (!end || count !== rows.length) throw new Error(`the export broke off after ${rows.length} learners`);
  return new Map(rows.map((row) => [row.learnerId, row]));
}
