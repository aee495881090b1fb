import type { ServerResponse } from 'node:http';
import { byteRange } from '../../services/pages/src/files/byte-range.ts';

/** Sends the asked part of a clip, as sites do: without it a browser cannot seek. */
export function answerRange(response: ServerResponse, clip: Buffer, range: string | undefined): void {
  const asked = byteRange(range, clip.length);
  const { first, last } = asked.kind === 'part' ? asked : { first: 0, last: clip.length - 1 };
  response.writeHead(206, {
    'Content-Type': 'video/webm',
    'Content-Length': last + 1 - first,
    'Content-Range': `bytes ${first}-${last}/${clip.length}`,
    'Accept-Ranges': 'bytes',
  });
  response.end(clip.subarray(first, last + 1));
}
