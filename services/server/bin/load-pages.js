import { registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';

// Read when esbuild is loaded: one run of the compiler instead of one that would stay for the life of the service.
process.env.ESBUILD_WORKER_THREADS = '0';
const { buildSync } = await import('esbuild');

const pages = fileURLToPath(new URL('../../pages/src', import.meta.url));

/** Node strips types from `.ts` by itself but knows no JSX: this turns each `.tsx` into calls of hono/jsx. */
export function loadPages() {
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  let compiled = null;
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context);
      compiled ??= compile();
      const code = compiled.get(fileURLToPath(url));
      if (code === undefined) return nextLoad(url, context);
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}

/** Every page at once, by its file. */
function compile() {
  const { outputFiles } = buildSync({
    entryPoints: [`${pages}/**/*.tsx`],
    outdir: pages,
    outExtension: { '.js': '.tsx' },
    write: false,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    format: 'esm',
    target: 'node22',
    sourcemap: 'inline',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
