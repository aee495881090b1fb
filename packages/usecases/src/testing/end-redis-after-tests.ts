import { afterAll } from 'vitest';
import { endRedisOfThisFile } from './lock-of-this-run.ts';

afterAll(endRedisOfThisFile);
