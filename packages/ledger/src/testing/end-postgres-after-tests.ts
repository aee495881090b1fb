import { afterAll } from 'vitest';
import { endPostgresOfThisFile } from './temporary-postgres.ts';

afterAll(endPostgresOfThisFile, 30_000);
