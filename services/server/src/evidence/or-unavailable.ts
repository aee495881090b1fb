import { EvidenceUnavailable } from '@watchledger/usecases';

/** Whatever a store throws is `EvidenceUnavailable`, with its cause. */
export async function orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new EvidenceUnavailable('files cannot be kept or read here', { cause: error });
  }
}
