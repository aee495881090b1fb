// Puts the service, with its libraries and the files it reads, into one folder. As sources those are a thousand files,
// and to find and read them one by one was two thirds of a start.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const dist = fileURLToPath(new URL('dist', import.meta.url));
const fresh = `${dist}.fresh`;

/** What sources read beside themselves: a bundle must never meet the files of another release. */
const read = [
  'packages/ledger/migrations',
  'packages/lock/src/redis',
  'sdk/dist',
  'services/pages/assets',
  'services/pages/media',
  'services/server/package.json',
];

/** Players of the demo pages, as npm has installed them: what browsers load, and under which terms. */
const players = {
  'hls.js': ['dist/hls.light.min.mjs', 'dist/hls.worker.js', 'LICENSE'],
  'pdfjs-dist': [
    'build/pdf.min.mjs',
    'build/pdf.worker.min.mjs',
    'web/pdf_viewer.mjs',
    'web/pdf_viewer.css',
    'LICENSE',
  ],
  'video.js': ['dist/alt/video.core.min.js', 'dist/lang/zh-CN.js', 'dist/video-js.min.css', 'LICENSE'],
};

await rm(fresh, { recursive: true, force: true });
const common = /** @satisfies {import('esbuild').BuildOptions} */ ({
  // Without keepNames, which gives every function its name as it is made: a quarter more memory under load.
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
  legalComments: 'linked',
  logLevel: 'warning',
});

/** What is imported on first use alone is a file of its own, which no start reads. */
const later = ['services/pages/src/overview/drawing/plot.ts'];
const { metafile } = await build({
  ...common,
  entryPoints: later.map((path) => join(repository, path)),
  outdir: fresh,
  // Named by its content: code never meets that of another release.
  entryNames: '[name]-[hash]',
  metafile: true,
});
const laterFiles = new Map(
  Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[resolve(entryPoint), `./${basename(file)}`]],
  ),
);
await build({
  ...common,
  entryPoints: [join(repository, 'services/server/src/main.ts')],
  outfile: join(fresh, 'main.js'),
  plugins: [
    { name: 'own-addresses', setup: ({ onLoad }) => onLoad({ filter: /\.tsx?$/ }, keepAddress) },
    { name: 'later', setup: ({ onResolve }) => onResolve({ filter: /\.tsx?$/ }, importLater) },
  ],
});
await writeInAscii(join(fresh, 'main.js'));
for (const path of read) {
  const target = join(fresh, 'files', path);
  await mkdir(dirname(target), { recursive: true });
  await cp(join(repository, path), target, { recursive: true, filter: (source) => !/\.tsx?$/.test(source) });
}
/** The stylesheet that those of the pages build on. */
const base = { 'modern-normalize': ['modern-normalize.css', 'license'] };

const installed = createRequire(join(repository, 'services/pages/package.json'));
for (const [name, files] of Object.entries(players)) await copyInstalled(name, files, `players/${name}`);
for (const [name, files] of Object.entries(base)) await copyInstalled(name, files, 'base');
// At once: a process that starts meanwhile finds the one or the other, whole.
await rm(`${dist}.stale`, { recursive: true, force: true });
await rename(dist, `${dist}.stale`).catch(() => {});
await rename(fresh, dist);
await rm(`${dist}.stale`, { recursive: true, force: true });

/**
 * @param {string} name of the package
 * @param {string[]} files in it
 * @param {string} place below the files of the pages
 */
async function copyInstalled(name, files, place) {
  const folder = packageFolder(name);
  const target = join(fresh, 'files/services/pages', place);
  await mkdir(target, { recursive: true });
  for (const file of files) await cp(join(folder, file), join(target, basename(file)));
}

/**
 * With every other character as the escape that means it, also in regular expressions: Node keeps a text of ASCII alone
 * in half the memory, which each start has to fill.
 * @param {string} file
 */
async function writeInAscii(file) {
  const text = await readFile(file, 'utf8');
  const escaped = (/** @type {string} */ one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(file, text.replaceAll(/[^\0-\x7f]/g, escaped));
}

/** @param {string} name */
function packageFolder(name) {
  for (const place of installed.resolve.paths(name) ?? []) {
    if (existsSync(join(place, name, 'package.json'))) return join(place, name);
  }
  throw new Error(`${name} is not installed`);
}

/**
 * A source reads what lies beside it: its address is where it would be among the copies.
 * @param {{ path: string }} source
 */
async function keepAddress({ path }) {
  const text = await readFile(path, 'utf8');
  const among = `files/${relative(repository, path).split(sep).join('/')}`;
  const address = `new URL(${JSON.stringify(among)}, import.meta.url).href`;
  return {
    contents: text.replaceAll(/\bimport\.meta\.url\b/g, address),
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    resolveDir: dirname(path),
  };
}

/** @param {import('esbuild').OnResolveArgs} imported */
function importLater({ kind, path, resolveDir }) {
  const file = kind === 'dynamic-import' ? laterFiles.get(resolve(resolveDir, path)) : undefined;
  return file === undefined ? undefined : { path: file, external: true };
}
