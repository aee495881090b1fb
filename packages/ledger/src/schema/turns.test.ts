import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MOST_TURNS, TURN_TOLERANCE } from './turns.ts';

test.each(['sqlite', 'postgres'])('the trigger of %s keeps to the same bounds', (database) => {
  const sql = readFileSync(new URL(`turns.${database}.sql`, import.meta.url), 'utf8');
  expect(sql).toContain(`> ${TURN_TOLERANCE}`);
  expect(sql).toContain(`< ${MOST_TURNS}`);
});
