import type { Site } from '../../site/site.tsx';

/** Shown where they stand; all else is only ever downloaded. */
const pictures = new Set(['image/jpeg', 'image/png']);

/**
 * The files that prove what was declared, as learners uploaded them. Their type is the one that the API found in their
 * own bytes; whatever else they hold, nothing of it runs (T19).
 */
export function evidenceRoutes(site: Site): void {
  site.show(
    '/review/evidence/:id',
    'review',
    async ({ ask, part }) => {
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
    },
    { 'default-src': "'none'", sandbox: '' },
  );
}
