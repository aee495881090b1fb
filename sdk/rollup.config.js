import esbuild from 'rollup-plugin-esbuild';
import { minified } from './size/minified.ts';

const plugins = [esbuild({ target: 'es2022' }), minified];

/** Modules for bundlers and `import`, and one file for a script tag that finds its player and shows its state. */
export default [
  { input: 'src/index.ts', plugins, output: { file: 'dist/watchledger.js', format: 'es' } },
  { input: 'src/status.ts', plugins, output: { file: 'dist/status.js', format: 'es' } },
  {
    input: 'src/global.ts',
    plugins,
    output: { file: 'dist/watchledger.iife.js', format: 'iife', name: 'WatchLedger' },
  },
];
