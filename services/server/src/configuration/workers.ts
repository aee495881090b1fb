import { availableParallelism } from 'node:os';
import { Unreadable } from './environment.ts';

const most = 1_024;

/** Reads how many processes share the port: a number, or `auto` for as many as there are cores. @throws Unreadable */
export function workers(text: string): number {
  if (text === 'auto') return availableParallelism();
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most) {
    throw new Unreadable(`must be auto or a whole number from 1 to ${most}, not "${text}"`);
  }
  return count;
}
