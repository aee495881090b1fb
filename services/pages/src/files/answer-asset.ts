import type { Asset } from './assets.ts';
import { byteRange } from './byte-range.ts';

/** For files that pages of other sites may load too, as modules do: with CORS. */
export const forEverySite = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

/** Answers a GET or HEAD for one file: conditional (304), in part (206, 416) or whole. Media seek through this. */
export function answerAsset(
  request: Request,
  asset: Asset,
  more: Readonly<Record<string, string>> = {},
): Response {
  const { body, type } = asset;
  const etag = asset.etag();
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    'Content-Type': type,
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
    ...more,
  });
  if (names(request.headers.get('If-None-Match'), etag)) {
    headers.delete('Content-Type');
    return new Response(null, { status: 304, headers });
  }
  const range = byteRange(rangeStillMeant(request, etag), body.byteLength);
  if (range.kind === 'unsatisfiable') {
    headers.delete('Content-Type');
    headers.set('Content-Range', `bytes */${body.byteLength}`);
    return new Response(null, { status: 416, headers });
  }
  if (range.kind === 'part') {
    headers.set('Content-Range', `bytes ${range.first}-${range.last}/${body.byteLength}`);
    headers.set('Content-Length', String(range.last - range.first + 1));
    return new Response(body.subarray(range.first, range.last + 1), { status: 206, headers });
  }
  headers.set('Content-Length', String(body.byteLength));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

/** `If-Range` with another version (or a date, which is never sent) voids the range; only GET has ranges. */
function rangeStillMeant(request: Request, etag: string): string | undefined {
  const ifRange = request.headers.get('If-Range');
  if (request.method !== 'GET' || (ifRange !== null && ifRange.trim() !== etag)) return undefined;
  return request.headers.get('Range') ?? undefined;
}

function names(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
