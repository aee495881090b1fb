import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { minified } from './minified.ts';

const dist = (name: string) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

/** What a page downloads, in bytes. */
export interface Size {
  readonly minified: number;
  readonly gzip: number;
}

const sizeOf = (content: string | Uint8Array): Size => ({
  minified: Buffer.byteLength(content),
  gzip: gzipSync(content, { level: 9 }).length,
});

const built = (name: string) => sizeOf(readFileSync(dist(name)));

/** What is left of the built module where a page imports some of it, by a bundler that drops the rest. */
async function imported(names: string): Promise<Size> {
  const entry = 'what-a-page-imports';
  const bundle = await rollup({
    input: entry,
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) =>
          id === entry ? `export { ${names} } from ${JSON.stringify(dist('watchledger.js'))}` : null,
      },
      minified,
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return sizeOf(output[0].code);
}

/** A tracker of another kind, as its users bundle it. */
async function tracker(contents: string): Promise<Size> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
  });
  return sizeOf(outputFiles[0]?.contents ?? '');
}

/** Of the built files. */
export async function ownSizes(): Promise<
  Record<'core' | 'coverage' | 'module' | 'status' | 'scriptTag', Size>
> {
  return {
    core: await imported('watch'),
    coverage: await imported('watch, withCoverage, resume'),
    module: built('watchledger.js'),
    status: built('status.js'),
    scriptTag: built('watchledger.iife.js'),
  };
}

/** Of well-known trackers that are installed for comparison. */
export async function otherSizes(): Promise<Record<string, Size>> {
  return {
    'web-vitals': await tracker("export * from 'web-vitals'"),
    '@plausible-analytics/tracker': await tracker("export * from '@plausible-analytics/tracker'"),
    'mux-embed': await tracker("export { default } from 'mux-embed'"),
  };
}
