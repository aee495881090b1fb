import { readFileSync } from 'node:fs';
import { clusterRights, inspectionRights, neededRights } from '@watchledger/lock';
import { expect, test } from 'vitest';

/** A document of the project, each run of white space as one space. */
const textOf = (file: string) =>
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');

test('the rights of the Redis user are the same wherever they are told, and those that the product is tested with', () => {
  const guide = textOf('deploy/README.md');
  expect(guide).toContain(
    `user watchledger on >password ${neededRights} ${clusterRights} ${inspectionRights} \`\`\``,
  );
  const readme = textOf('README.md');
  for (const rights of [neededRights, clusterRights, inspectionRights]) {
    expect(readme).toContain(`\`${rights}\``);
  }
  expect(textOf('deploy/compose.yaml')).toContain(
    `--user watchledger on >\${REDIS_PASSWORD} ${neededRights} ${inspectionRights} environment:`,
  );
});
