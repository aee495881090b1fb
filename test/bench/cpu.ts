import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU time that the operating system has counted for a process so far, in microseconds (Linux). */
export function cpuMicroseconds(pid: number): number {
  const fields = statOf(pid) ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
}

/** The same for a process and its children, which must live on until it is asked again. */
export function cpuMicrosecondsOfFamily(pid: number): number {
  const family = readdirSync('/proc')
    .map(Number)
    .filter((each) => each === pid || Number(statOf(each)?.[1]) === pid);
  return family.reduce((whole, each) => whole + cpuMicroseconds(each), 0);
}

/** From the process's state on; null where there is no such process (any more). */
function statOf(pid: number): string[] | null {
  if (!Number.isInteger(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null;
    throw error;
  }
}
