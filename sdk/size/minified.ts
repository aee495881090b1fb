import type { Plugin } from 'rollup';
import { minify } from 'terser';

/** As small as it gets while everything keeps its name: no property is renamed. */
export const minified: Plugin = {
  name: 'minified',
  async renderChunk(code, _, { format }) {
    const { code: small = code } = await minify(code, {
      ecma: 2020,
      // In a script the outermost name is the global that pages know.
      module: format === 'es',
      compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
    });
    return { code: small, map: null };
  },
};
