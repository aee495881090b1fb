import { randomBytes } from 'node:crypto';
import type { Activity, EvidenceFile } from '@watchledger/contract';
import { expect, test } from 'vitest';
import { done, openRecordOffice, thisYear } from './office.ts';

test('T19: evidence is kept beside the database and comes back as it was, never as a page', async () => {
  const office = await openRecordOffice();
  const token = (sub: string, scope: string) => ({
    authorization: `Bearer ${office.service.token({ sub, scope })}`,
  });
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n<script>alert(1)</script>'), randomBytes(200_000)]);
  const upload = (type: string, body: Buffer) =>
    fetch(`${office.service.url}/v1/evidence?name=${encodeURIComponent('证书"<b>.pdf')}`, {
      method: 'POST',
      headers: { ...token('u1', 'watch'), 'content-type': type },
      body: new Uint8Array(body),
    });
  const answer = await upload('application/pdf', bytes);
  expect(answer.status).toBe(201);
  const file = (await answer.json()) as EvidenceFile;
  expect(((await (await upload('application/pdf', bytes)).json()) as EvidenceFile).fileId).toBe(file.fileId);
  expect((await upload('text/html', Buffer.from('<html>'))).status).toBe(415);
  expect((await upload('application/pdf', Buffer.from('<html>'))).status).toBe(415);
  expect((await upload('application/pdf', Buffer.alloc(11_000_000, '%PDF-'))).status).toBe(413);

  const day = `${thisYear}-01-05`;
  const activity = {
    category: 'offline',
    title: 'A',
    from: day,
    to: day,
    seconds: 60,
    evidence: [{ fileId: file.fileId }],
  };
  done(await office.as('u1', 'watch').post<Activity>('/v1/activities', activity));
  expect((await office.as('u2', 'watch').post('/v1/activities', activity)).status).toBe(400);

  await office.service.kill();
  await office.service.restart();
  const read = (sub: string, scope: string) =>
    fetch(`${office.service.url}/v1/evidence/${file.fileId}`, { headers: token(sub, scope) });
  const kept = await read('reviewer', 'review');
  expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true);
  expect(kept.headers.get('content-type')).toBe('application/pdf');
  expect(kept.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E8%AF%81/);
  expect(kept.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(kept.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await read('u1', 'watch')).status).toBe(200);
  expect((await read('u2', 'watch')).status).toBe(404);
});
