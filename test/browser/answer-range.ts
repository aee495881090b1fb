import type { ServerResponse } from 'node:http';

/** Sends the asked part of a clip, as sites do: without it a browser cannot seek. */
export function answerRange(response: ServerResponse, clip: Buffer, range: string | undefined): void {
  const [, from = '0', to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const first = Number(from);
  const last = to ? Number(to) : clip.length - 1;
  response.writeHead(206, {
    'Content-Type': 'video/webm',
    'Content-Length': last + 1 - first,
    'Content-Range': `bytes ${first}-${last}/${clip.length}`,
    'Accept-Ranges': 'bytes',
  });
  response.end(clip.subarray(first, last + 1));
}
