import { type Fault, Problem } from '@watchledger/contract';

/** A row of an imported file, and the line on which it stands. */
export interface Placed<Row> {
  readonly line: number;
  readonly row: Row;
}

export interface LineFault {
  readonly line: number;
  readonly field?: string | undefined;
  /** The file itself is at fault, as found on this line. */
  readonly whole?: boolean | undefined;
  readonly message: string;
}

const mostFaults = 1_000;

/** Says what is wrong with an imported file, of which nothing was stored: every line, the first thousand of them. */
export function refusedLines(faults: readonly LineFault[]): Problem {
  const sorted = faults.toSorted((a, b) => a.line - b.line);
  const errors = sorted.slice(0, mostFaults).map(faultAt);
  const [first] = sorted;
  const place = first?.field === undefined ? '' : ` ${first.field}`;
  const more = sorted.length > 1 ? ` (and ${sorted.length - 1} more)` : '';
  const listed = sorted.length > mostFaults ? ` The first ${mostFaults} faults are listed.` : '';
  return new Problem(
    'invalid-request',
    `Line ${first?.line ?? 1}:${place} ${first?.message}${more}. Nothing was imported.${listed}`,
    { errors },
  );
}

function faultAt({ line, field, message, whole }: LineFault): Fault {
  if (whole) return { path: '', message, line };
  return field === undefined
    ? { path: `/${line}`, message, line }
    : { path: `/${line}/${field}`, message, line, field };
}
