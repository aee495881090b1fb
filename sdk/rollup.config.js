import esbuild from 'rollup-plugin-esbuild';

const plugins = [esbuild({ target: 'es2022', minify: true })];

/** Modules for bundlers and `import`, and one file for a script tag that brings everything. */
export default [
  { input: 'src/index.ts', plugins, output: { file: 'dist/watchledger.js', format: 'es' } },
  { input: 'src/status.ts', plugins, output: { file: 'dist/status.js', format: 'es' } },
  {
    input: 'src/global.ts',
    plugins,
    output: { file: 'dist/watchledger.iife.js', format: 'iife', name: 'WatchLedger' },
  },
];
