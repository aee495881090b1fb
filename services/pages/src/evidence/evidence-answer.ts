import type { Visit } from '../site/site.tsx';

/** Shown where they stand; all else is only ever downloaded. */
const pictures = new Set(['image/jpeg', 'image/png']);

/** What a file of others' may do as a page of ours: nothing. */
export const inSandbox = { 'default-src': "'none'", sandbox: '' } as const;

/**
 * The file of `:id` that proves what was declared, as its learner uploaded it. Its type is the one that the API found in
 * its own bytes; whatever else it holds, nothing of it runs (T19), as long as it is answered `inSandbox`.
 */
export async function evidenceAnswer({ ask, part }: Pick<Visit, 'ask' | 'part'>): Promise<Response> {
  const file = await ask.send({ path: ['evidence', part('id')] });
  const type = file.headers.get('content-type') ?? '';
  const named = (file.headers.get('content-disposition') ?? 'attachment').replace(/^[^;]*/, '');
  return new Response(file.body, {
    headers: {
      'Content-Type': pictures.has(type) ? type : 'application/octet-stream',
      'Content-Disposition': `${pictures.has(type) ? 'inline' : 'attachment'}${named}`,
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  });
}
