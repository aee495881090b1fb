#!/usr/bin/env node
import { existsSync } from 'node:fs';
// Before anything else is loaded: may this Node run it?
import { requireNode } from './version-guard.js';

requireNode();
const program = new URL('../dist/main.js', import.meta.url);
if (!existsSync(program)) {
  process.stderr.write('watchledger: not built yet: run "npm run build"\n');
  process.exit(1);
}
const { main } = await import(program.href);
await main(process.argv.slice(2), process.env);
