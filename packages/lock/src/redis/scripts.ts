import { readFileSync } from 'node:fs';
import type { LockTerms } from '../protocol.ts';

const lua = (name: string) => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

/** How long a row outlives the moment from which it holds nothing: garbage collection, not a rule. */
const KEEP_MS = 3_600_000;

/** The Lua of each command: the terms, the clock and whatever it builds on, and its own file. */
export function loadScripts(terms: LockTerms, clock = lua('clock')): Record<ScriptName, string> {
  const whole = (...parts: string[]) =>
    [termsLua(terms), clock, lua('deadline'), lua('row'), ...parts].join('\n');
  const acceptance = lua('acceptance');
  return {
    open: whole(acceptance, lua('open')),
    report: whole(acceptance, lua('report')),
    end: whole(acceptance, lua('end')),
    adopt: whole(lua('adopt')),
  };
}

export type ScriptName = 'open' | 'report' | 'end' | 'adopt';

/** The terms are the same for every command of a process, so they are part of its scripts. */
function termsLua({ lock, release, maxCatchUp, slack }: LockTerms): string {
  const keep = Math.max(lock, release) + KEEP_MS;
  return `local TERMS = { lock = ${lock}, release = ${release}, max_catch_up = ${maxCatchUp}, slack = ${slack}, keep = ${keep} }`;
}
