import { expect, it } from 'vitest';
import { apiOver, bearer } from '../api.fixture.ts';

async function* nobody() {}

const [lines, csv] = ['application/x-ndjson', 'text/csv; charset=utf-8; header=present'];

it.each([
  ['*/*', lines],
  ['text/csv', csv],
  ['text/csv;q=0', lines],
  ['text/csv;q=0.5, application/x-ndjson', lines],
  ['application/x-ndjson;q=0, */*', csv],
  ['application/x-ndjson;q=0', csv],
])('records of everybody come for %s as %s', async (accept, type) => {
  const { send } = apiOver({ office: { streamRecords: nobody, namesOf: nobody } });
  const headers = { ...(await bearer({ scope: 'credits:read' })), accept };
  const answer = await send('GET', '/v1/records?from=2026-01&to=2026-12', { headers });
  expect(answer.headers.get('content-type')).toBe(type);
});
