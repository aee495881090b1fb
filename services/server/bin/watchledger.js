#!/usr/bin/env node
// Before anything else is loaded: may this Node run it, and how are pages (.tsx) read.
import { requireNode } from './version-guard.js';

requireNode();
const { loadTsx } = await import('./load-tsx.js');
loadTsx();
const { main } = await import('../src/main.ts');
await main(process.argv.slice(2), process.env);
