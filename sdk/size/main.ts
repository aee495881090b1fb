// Prints what a page downloads, beside what well-known trackers of other kinds make it download.
import { otherSizes, ownSizes } from './sizes.ts';

const { core, coverage, module, status, scriptTag } = await ownSizes();
const rows = {
  'core: watch() of one player': core,
  'with coverage and resuming': coverage,
  'the whole module': module,
  'status element': status,
  'script tag, status element included': scriptTag,
  ...(await otherSizes()),
};
console.log(`${''.padEnd(36)} minified      gzip   (bytes)`);
for (const [name, { minified, gzip }] of Object.entries(rows)) {
  console.log(`${name.padEnd(36)} ${String(minified).padStart(8)}  ${String(gzip).padStart(8)}`);
}
