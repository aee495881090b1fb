import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const home = '/node_modules/drizzle-orm/';

/**
 * drizzle-orm's package.json names a thousand entries, and Node reads all of them again for each of its files:
 * half of a start's time and memory. All of its files are ES modules, so nothing needs to be asked.
 */
export function loadDrizzle() {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { parentURL = '' } = context;
      if (!specifier.startsWith('.') || !parentURL.includes(home)) return nextResolve(specifier, context);
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
    },
    load(url, context, nextLoad) {
      if (!url.includes(home)) return nextLoad(url, context);
      return { format: 'module', source: readFileSync(fileURLToPath(url), 'utf8'), shortCircuit: true };
    },
  });
}
