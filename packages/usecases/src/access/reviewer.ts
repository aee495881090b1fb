import { Problem } from '@watchledger/contract';
import type { PeopleLedger } from '@watchledger/ledger';
import type { LearnerId } from '@watchledger/rules';

/** Who decides or reads for an institute. */
export interface Officer {
  /** For the audit trail: the token's subject. */
  readonly actor: string;
  /** Their institute; null: headquarters, who see everybody. */
  readonly organisationId: string | null;
}

/**
 * An officer of an institute sees its own learners alone; headquarters see everybody.
 * @throws Problem `learner-not-found`
 */
export async function requireTheirs(
  { people }: { readonly people: Pick<PeopleLedger, 'learner'> },
  organisationId: string | null,
  learnerId: string,
): Promise<void> {
  if (await isTheirs({ people }, organisationId, learnerId)) return;
  throw new Problem('learner-not-found', `"${learnerId}" is not on the roster of "${organisationId}".`);
}

/** Whether a learner is one of an officer's; headquarters have everybody. */
export async function isTheirs(
  { people }: { readonly people: Pick<PeopleLedger, 'learner'> },
  organisationId: string | null,
  learnerId: string,
): Promise<boolean> {
  if (organisationId === null) return true;
  return (await people.learner(learnerId as LearnerId))?.organisationId === organisationId;
}

/**
 * What only headquarters may do.
 * @throws Problem `forbidden`
 */
export function requireHeadquarters({ organisationId }: Pick<Officer, 'organisationId'>): void {
  if (organisationId === null) return;
  throw new Problem('forbidden', `Only headquarters may do this, not "${organisationId}".`);
}
