#!/usr/bin/env node
// Before anything else is loaded: may this Node run it, and how are the parts read that it cannot read well itself.
import { requireNode } from './version-guard.js';

requireNode();
const { loadDrizzle } = await import('./load-drizzle.js');
const { loadPages } = await import('./load-pages.js');
loadDrizzle();
loadPages();
const { main } = await import('../src/main.ts');
await main(process.argv.slice(2), process.env);
