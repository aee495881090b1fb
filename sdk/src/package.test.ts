import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const at = (path: string) => new URL(path, import.meta.url);

test('the package carries the licence of the project', () => {
  expect(manifest.files).toContain('LICENSE');
  expect(readFileSync(at('../LICENSE'), 'utf8')).toBe(readFileSync(at('../../LICENSE'), 'utf8'));
});

test.each(Object.entries(manifest.exports))('%s is in the package, and so are its types', (_, entry) => {
  expect(manifest.files).toContain('dist');
  expect(entry.default).toMatch(/^\.\/dist\/(watchledger(\.iife)?|status)\.js$/);
  const source = entry.types.replace(/^\.\/dist\/(.+)\.d\.ts$/, './$1.ts');
  expect(existsSync(at(source)), source).toBe(true);
});
