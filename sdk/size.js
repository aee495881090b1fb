// Prints what a page downloads, beside what well-known trackers of other kinds make it download.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const dist = (name) => fileURLToPath(new URL(`dist/${name}`, import.meta.url));

/** As a bundler would cut it out. */
async function cut(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
  });
  return outputFiles[0].contents;
}

const rows = [
  [
    'WatchLedger, watch() alone',
    await cut(`export { watch } from ${JSON.stringify(dist('watchledger.js'))}`),
  ],
  ['WatchLedger, the whole module', readFileSync(dist('watchledger.js'))],
  ['WatchLedger, status element', readFileSync(dist('status.js'))],
  ['WatchLedger, script tag with all', readFileSync(dist('watchledger.iife.js'))],
  ['web-vitals', await cut("export * from 'web-vitals'")],
  ['@plausible-analytics/tracker', await cut("export * from '@plausible-analytics/tracker'")],
  ['mux-embed', await cut("export { default } from 'mux-embed'")],
];
console.log(`${''.padEnd(34)} minified      gzip   (bytes)`);
for (const [name, content] of rows) {
  const gzip = gzipSync(content, { level: 9 }).length;
  console.log(`${name.padEnd(34)} ${String(content.length).padStart(8)}  ${String(gzip).padStart(8)}`);
}
