import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One file as it was when the service started. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** A strong validator: it changes with the content and with nothing else. */
  etag(): string;
}

/** The files of a folder by their path below it, with `/` between the parts. */
export type Assets = ReadonlyMap<string, Asset>;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
  '.webm': 'video/webm',
};

/**
 * Reads the files of a folder that browsers may have. They are few and small, so they are held in memory: no
 * request can name a path outside, and no file changes under a running download.
 * @throws when the folder cannot be read.
 */
export function readAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    assets.set(relative(folder, path).split(sep).join('/'), asset(readFileSync(path), type));
  }
  return assets;
}

/** Of most files nobody asks before the service ends: the tag is made when it is asked for. */
function asset({ buffer, byteOffset, byteLength }: NonSharedBuffer, type: string): Asset {
  const body = new Uint8Array(buffer, byteOffset, byteLength);
  let tag: string | null = null;
  const etag = () => {
    tag ??= `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    return tag;
  };
  return { body, type, etag };
}
