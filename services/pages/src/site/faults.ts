import { WatchLedgerError } from '@watchledger/client';
import { type Fault, problemKinds } from '@watchledger/contract';
import type { Language } from '../texts/language.ts';

/** What the API found wrong with a form. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  /** What is said of it as a whole, beside its fields. */
  readonly faults: readonly Fault[];
}

/** The answer to a form that was sent: what came of it, or why it was refused. */
export type Outcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Refusals that a person can mend are handed back; all else is for the page of problems.
 * @example const outcome = await answered(ask.tagged(call));
 */
export async function answered<Result>(asked: Promise<Result>): Promise<Outcome<Result>> {
  try {
    return { ok: true, result: await asked };
  } catch (error) {
    if (!(error instanceof WatchLedgerError) || !isMendable(error)) throw error;
    const { code, message: detail, problem } = error;
    return { ok: false, refusal: { code, detail, faults: problem?.errors ?? [] } };
  }
}

const mendable = new Set([400, 409, 412, 413, 415, 422, 428]);

/** What is forbidden can be mended where the API names the fields that make it so. */
const isMendable = ({ status, problem }: WatchLedgerError): boolean =>
  mendable.has(status) || (status === 403 && (problem?.errors ?? []).length > 0);

/** What is wrong with the field that a JSON pointer names, in the API's words. */
export const faultOf = (refusal: Refusal | undefined, pointer: string): string | undefined =>
  refusal?.faults.find(({ path }) => path === pointer)?.message;

/** Why something was refused as a whole, in the words of the contract. */
export function refusedBecause({ code, detail }: Refusal, language: Language): string {
  const kind = problemKinds[code as keyof typeof problemKinds];
  return kind === undefined ? detail : kind.explanation[language === 'en' ? 'en' : 'zh'];
}
