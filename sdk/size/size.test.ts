import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { otherSizes, ownSizes } from './sizes.ts';

const sizes = await ownSizes();

// Bytes as they travel, gzip. Whoever has to raise one of these says in ARCHITECTURE.md what it is paid for.
test.each([
  ['core', 4_700],
  ['coverage', 5_000],
  ['scriptTag', 9_700],
] as const)('%s is within its budget of %i bytes', (name, budget) => {
  expect(sizes[name].gzip).toBeLessThanOrEqual(budget);
});

test('the script tag brings player, tracker and status element for a third of mux-embed', async () => {
  const { 'mux-embed': mux } = await otherSizes();
  expect(sizes.scriptTag.gzip).toBeLessThan((mux?.gzip ?? 0) / 3);
});

test('no dependency reaches the browser', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  for (const file of ['watchledger.js', 'status.js']) {
    const code = readFileSync(new URL(`../dist/${file}`, import.meta.url), 'utf8');
    expect(code.match(/\bimport\b|\brequire\(/g), file).toBeNull();
  }
});

test('a page that imports one thing does not pay for the rest', () => {
  expect(manifest.sideEffects).toBe(false);
  expect(sizes.core.gzip).toBeLessThan(sizes.module.gzip);
});
