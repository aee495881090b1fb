import type { ProblemCode, ProblemDocument } from '@watchledger/contract';

/** The service said no, or could not be understood; `problem` is what it said (RFC 9457), as far as it did. */
export class WatchLedgerError extends Error {
  readonly status: number;
  /** Stable name to decide by; `unknown` where the answer was no problem document. */
  readonly code: ProblemCode | 'unknown';
  readonly problem: ProblemDocument | null;
  /** How long the service asks to wait before trying again. */
  readonly retryAfterSeconds: number | null;

  constructor(response: Response, problem: ProblemDocument | null) {
    super(problem?.detail ?? `The service answered ${response.status} ${response.statusText}`.trim());
    this.name = 'WatchLedgerError';
    this.status = response.status;
    this.code = (problem?.code as ProblemCode | undefined) ?? 'unknown';
    this.problem = problem;
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  }
}

/** A stream ended without the line that proves it whole: what was read of it is not everything. */
export class IncompleteStreamError extends Error {
  override readonly name = 'IncompleteStreamError';
}

/** The error that an answer is; reads its body. */
export async function errorOf(response: Response): Promise<WatchLedgerError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const text = await response.text().catch(() => '');
  return new WatchLedgerError(response, isProblem ? parsed(text) : null);
}

function parsed(text: string): ProblemDocument | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
