import { readFileSync } from 'node:fs';
import { registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';

// One short run of the compiler a page, instead of a compiler that would stay for the life of the service.
process.env.ESBUILD_WORKER_THREADS = '0';
const { transformSync } = await import('esbuild');

/** Node strips types from `.ts` by itself but knows no JSX: this turns each `.tsx` into calls of hono/jsx. */
export function loadTsx() {
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context);
      const file = fileURLToPath(url);
      const { code } = transformSync(readFileSync(file, 'utf8'), {
        loader: 'tsx',
        jsx: 'automatic',
        jsxImportSource: 'hono/jsx',
        format: 'esm',
        target: 'node22',
        sourcemap: 'inline',
        sourcefile: file,
      });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}
