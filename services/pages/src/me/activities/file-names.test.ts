import { createHttp, createRequests } from '@watchledger/client';
import type { Activity } from '@watchledger/contract';
import { expect, test } from 'vitest';
import type { Page } from '../../layout/page.ts';
import { refusal } from '../../site/site.fixture.ts';
import { languages } from '../../texts/language.ts';
import { fileNames } from './file-names.ts';

test('a file goes by the name it was uploaded with, and one that cannot be read any more by its place', async () => {
  const http = createHttp({
    endpoint: 'http://api.invalid',
    token: 'any',
    fetch: async (url) =>
      String(url).endsWith('/v1/evidence/f-1/about')
        ? Response.json({ fileId: 'f-1', name: '证书.pdf' })
        : refusal('not-found'),
  });
  const evidence = [{ url: 'https://example.org/' }, { fileId: 'f-1' }, { fileId: 'f-2' }];
  const page = { texts: languages['zh-CN'] } as Page;
  const nameOf = await fileNames({ ask: createRequests(http), page }, { evidence } as Activity);
  expect(['f-1', 'f-2'].map(nameOf)).toEqual(['证书.pdf', '附件2']);
});
