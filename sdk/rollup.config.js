import esbuild from 'rollup-plugin-esbuild';

/** The same code twice: as a module for bundlers and `import`, and with a global for a script tag. */
export default {
  input: 'src/index.ts',
  plugins: [esbuild({ target: 'es2020', minify: true })],
  output: [
    { file: 'dist/watchledger.js', format: 'es' },
    { file: 'dist/watchledger.iife.js', format: 'iife', name: 'WatchLedger' },
  ],
};
