// Puts the service into one file. With those of its libraries its sources are a thousand, and to find and read them
// one by one was two thirds of a start.
import { readFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('dist/', import.meta.url));

await build({
  entryPoints: [fileURLToPath(new URL('src/main.ts', import.meta.url))],
  outfile: `${dist}main.js`,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // Native, so it stays where npm has put it.
  external: ['better-sqlite3'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'eof',
  logLevel: 'warning',
  plugins: [{ name: 'own-addresses', setup: ({ onLoad }) => onLoad({ filter: /\.tsx?$/ }, keepAddress) }],
});

/**
 * What a source reads beside itself (pages' assets, migrations, Lua) stays beside it: its own address is known from
 * where the bundle lies.
 * @param {{ path: string }} source
 */
async function keepAddress({ path }) {
  const text = await readFile(path, 'utf8');
  const address = `new URL(${JSON.stringify(relative(dist, path).split(sep).join('/'))}, import.meta.url).href`;
  return {
    contents: text.replaceAll(/\bimport\.meta\.url\b/g, address),
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    resolveDir: dirname(path),
  };
}
