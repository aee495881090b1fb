import { cleanUpAll } from '../harness/index.ts';
import { chainVerified } from './chain-verified.ts';
import { learnerOf2016 } from './learner-of-2016.ts';
import { limitCorrected } from './limit-corrected.ts';
import { openStage } from './stage.ts';
import { Broken, tellChapter } from './teller.ts';

/**
 * `npm run story`: plays the learner of the guide, a corrected limit and a closed year over HTTP against the product
 * with a ledger and a clock of its own; exits with 1 at the first answer that is not what it must be.
 */
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const begunAt = performance.now();
try {
  const stage = await openStage('2016-03-01T09:00:00+08:00');
  await learnerOf2016(stage);
  await limitCorrected(stage);
  await chainVerified(stage);
  tellChapter(`All is as it must be, in ${((performance.now() - begunAt) / 1_000).toFixed(1)} s`);
} catch (error) {
  if (!(error instanceof Broken)) throw error;
  console.error(`\n✗ ${error.message}`);
  process.exitCode = 1;
} finally {
  await cleanUpAll();
}
