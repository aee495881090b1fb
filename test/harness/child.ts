import { type ChildProcess, spawn } from 'node:child_process';
import { leaveForCleanup } from './cleanup.ts';

/** How a child ended: its exit code, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that runs beside the test until it ends or is ended. */
export interface Child {
  readonly pid: number;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ending>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
  /** Sends a signal and goes on. */
  signal(signal: NodeJS.Signals): void;
  /** Waits for the first output that matches; rejects with all output when it ends or `ms` pass before. */
  says(pattern: RegExp, ms: number): Promise<RegExpMatchArray>;
}

interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function startChild(program: string, args: readonly string[], options: ChildOptions = {}): Child {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const stdout = collected(child.stdout);
  const stderr = collected(child.stderr);
  const ended = ending(child);
  const alive = () => child.exitCode === null && child.signalCode === null;

  function signal(name: NodeJS.Signals): void {
    if (alive()) child.kill(name);
  }
  async function end(name: NodeJS.Signals): Promise<Ending> {
    signal(name);
    return ended;
  }
  function says(pattern: RegExp, ms: number): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        stop();
        reject(new Error(`${program} ${args.join(' ')} ${why}\n${stdout.text()}${stderr.text()}`));
      };
      const look = () => {
        const match = stdout.text().match(pattern) ?? stderr.text().match(pattern);
        if (match === null) return;
        stop();
        resolve(match);
      };
      const timer = setTimeout(() => fail(`did not say ${pattern} within ${ms} ms`), ms);
      const stop = () => {
        clearTimeout(timer);
        child.stdout.off('data', look);
        child.stderr.off('data', look);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      ended.then(
        ({ code, signal }) => fail(`ended with ${code ?? signal}`),
        (error) => fail(String(error)),
      );
      look();
    });
  }

  const forget = leaveForCleanup({
    undo: async () => void (await end('SIGKILL')),
    atOnce: () => signal('SIGKILL'),
  });
  void ended.then(forget, forget);
  return { pid: child.pid ?? -1, stdout: stdout.text, stderr: stderr.text, ended, end, signal, says };
}

function collected(stream: NodeJS.ReadableStream): { text: () => string } {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { text: () => text };
}

function ending(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
