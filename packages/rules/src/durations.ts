import { type Milliseconds, milliseconds } from './quantities.ts';

/** A duration text that cannot be read; the message quotes it and says what is wrong. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
  readonly text: string;

  constructor(text: string, fault: string) {
    super(`"${text}" is not a duration: ${fault}`);
    this.text = text;
  }
}

const UNITS = [
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
  { name: 'ms', ms: 1 },
] as const;

/**
 * Reads `"50h"`, `"1h30m"`, `"90s"`, `"250ms"`: whole numbers, each with its unit, larger units first.
 * @throws DurationError
 */
export function parseDuration(text: string): Milliseconds {
  if (text === '') throw new DurationError(text, 'it is empty');
  const part = /(\d+)(ms|h|m|s)/y;
  let total = 0;
  let nextUnit = 0;
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const [, digits, name] = part.exec(text) ?? [];
    if (digits === undefined) {
      throw new DurationError(text, `expected a whole number and h, m, s or ms at "${text.slice(at)}"`);
    }
    const index = UNITS.findIndex((unit) => unit.name === name);
    if (index < nextUnit) throw new DurationError(text, 'each unit stands once, larger units first');
    total += Number(digits) * (UNITS[index]?.ms ?? Number.NaN);
    nextUnit = index + 1;
  }
  if (!Number.isSafeInteger(total)) throw new DurationError(text, 'it is too long');
  return milliseconds(total);
}

/** The one canonical text of a duration: `5_400_000` is `"1h30m"`, `0` is `"0s"`. Inverse of {@link parseDuration}. */
export function formatDuration(duration: Milliseconds): string {
  let rest: number = duration;
  let text = '';
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    if (count > 0) text += `${count}${unit.name}`;
    rest -= count * unit.ms;
  }
  return text || '0s';
}

/** Seconds as shown and sent: floored, never rounded up. */
export const wholeSeconds = (duration: Milliseconds): number => Math.floor(duration / 1_000);

/** Minutes as shown and sent: floored, never rounded up. */
export const wholeMinutes = (duration: Milliseconds): number => Math.floor(duration / 60_000);
