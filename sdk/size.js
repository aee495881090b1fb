// Prints what a page downloads: the built files, and the core (`watch` alone) as a bundler would cut it out.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const dist = (name) => fileURLToPath(new URL(`dist/${name}`, import.meta.url));
const core = await build({
  stdin: {
    contents: `export { watch } from ${JSON.stringify(dist('watchledger.js'))}`,
    resolveDir: dist('.'),
  },
  bundle: true,
  format: 'esm',
  minify: true,
  write: false,
});
const sizes = {
  'watchledger.js': readFileSync(dist('watchledger.js')),
  'watchledger.iife.js': readFileSync(dist('watchledger.iife.js')),
  'core (watch alone)': core.outputFiles[0].contents,
};
for (const [name, content] of Object.entries(sizes)) {
  console.log(`${name.padEnd(22)} ${content.length} bytes, ${gzipSync(content, { level: 9 }).length} gzip`);
}
