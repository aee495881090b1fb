import { copyLedger, type MoveProgress } from './copy.ts';
import { type Beginning, type MovableLedger, MoveRefused, type MoveTarget } from './port.ts';
import { type Proof, proveEqual } from './proof.ts';

export interface MoveOptions {
  readonly onProgress?: (progress: MoveProgress) => void;
  /** Told how the target was found, and when everything is copied once more. */
  readonly onStage?: (stage: Beginning | 'again') => void;
  /** Rows in one transaction, and read at once. */
  readonly chunk?: number;
}

const usualChunk = 5_000;

/**
 * Copies a ledger into an empty database and proves that both hold the same. Broken off at any moment, the same move
 * goes on where it stopped; until it has finished with an equal proof, nobody can serve the target.
 * Rejects with `MoveRefused`, before anything is written.
 */
export async function moveLedger(
  source: MovableLedger,
  target: MoveTarget,
  options: MoveOptions = {},
): Promise<Proof> {
  const { onProgress = () => {}, onStage = () => {}, chunk = usualChunk } = options;
  const obstacle = await source.obstacle();
  if (obstacle !== null) throw new MoveRefused('from', `it holds what the other cannot store: ${obstacle}`);
  const beginning = await target.begin(source.place);
  onStage(beginning);

  const copyAndProve = async () => {
    await copyLedger(source, target, { onProgress, chunk });
    await target.settle();
    return proveEqual(source, target, { onProgress, chunk });
  };
  let proof = await copyAndProve();
  if (!proof.equal && beginning === 'resumed') {
    // The source was used between the two: what was copied then is outdated, and nobody knows where.
    onStage('again');
    await target.startOver();
    proof = await copyAndProve();
  }
  if (proof.equal) await target.finish();
  return proof;
}

/** Compares two ledgers as they are now; nothing is written. */
export function compareLedgers(
  from: MovableLedger,
  to: MovableLedger,
  { onProgress = () => {}, chunk = usualChunk }: Pick<MoveOptions, 'onProgress' | 'chunk'> = {},
): Promise<Proof> {
  return proveEqual(from, to, { onProgress, chunk });
}
