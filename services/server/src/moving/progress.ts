import type { MoveProgress } from '@watchledger/ledger';

export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A terminal's line is drawn anew this often; elsewhere a line is added. */
const redrawMs = 200;
const lineMs = 5_000;
const quickMs = 1_000;

/** Tells how far a move has come: on a terminal in one line that changes, elsewhere in a line now and then. */
export function tellProgress(
  output: ProgressOutput,
  now: () => number = () => performance.now(),
): (progress: MoveProgress) => void {
  const terminal = output.isTTY === true;
  let stage = { name: '', startedAt: 0, doneBefore: 0, toldAt: 0 };

  return ({ doing, what, done, total }) => {
    const name = `${doing} ${what}`;
    const at = now();
    if (name !== stage.name) stage = { name, startedAt: at, doneBefore: done, toldAt: terminal ? 0 : at };
    const over = done >= total;
    if (!over && at - stage.toldAt < (terminal ? redrawMs : lineMs)) return;
    stage.toldAt = at;
    const line = `${name.padEnd(24)} ${grouped(done)} of ${grouped(total)}${pace(done, total, at)}`;
    output.write(terminal ? `\r\u001b[2K${line}${over ? '\n' : ''}` : `${line}\n`);
  };

  function pace(done: number, total: number, at: number): string {
    const ms = at - stage.startedAt;
    const fresh = done - stage.doneBefore;
    if (fresh <= 0 || ms < quickMs) return '';
    const perSecond = (fresh * 1_000) / ms;
    const left = Math.ceil((total - done) / perSecond);
    return `, ${grouped(Math.round(perSecond))}/s${left > 0 ? `, ${spoken(left)} left` : `, ${spoken(Math.round(ms / 1_000))}`}`;
  }
}

/** 1234567 as 1,234,567. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function spoken(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
