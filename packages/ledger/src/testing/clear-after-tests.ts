import { afterEach } from 'vitest';
import { clearAfterThisTest } from './temporary.ts';

// A setup file runs anew for each file of tests, also where several share a process and its modules.
afterEach(clearAfterThisTest);
