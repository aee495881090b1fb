import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** Ends a server and removes its folder when it is told to, or when this process is gone, however it ended. */
export interface Undertaker {
  /** Resolves when the folder is gone. */
  dismiss(): Promise<void>;
}

/**
 * Its input closes with this process, also after SIGKILL. Only then it asks for the server's pid, which changes with
 * each start, and makes sure that the pid is not somebody else's by now.
 */
const script = `
cat > /dev/null
pid=$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null)
serves() {
  { tr '\\0' ' ' < "/proc/$pid/cmdline" || ps -o args= -p "$pid"; } 2> /dev/null | grep -qF "$0/data"
}
if [ -n "$pid" ] && serves; then
  kill -QUIT "$pid"
  turns=0
  while serves && [ $turns -lt 100 ]; do sleep 0.05; turns=$((turns + 1)); done
fi
rm -rf "$0"
`;

/** Watches over the PostgreSQL in a folder. */
export function appointUndertaker(folder: string): Undertaker {
  // Detached, so that a Ctrl-C meant for the tests does not end it before its work.
  const child = spawn('sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // A program that forgets to dismiss it may end all the same.
  child.unref();
  letGo(child.stdin);
  return {
    dismiss: () => {
      child.ref();
      child.stdin?.end();
      return gone;
    },
  };
}

/** A pipe to a child: it keeps this process from ending no longer. */
export function letGo(pipe: Readable | Writable | null): void {
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}
