import { readFileSync } from 'node:fs';

const lua = (name: string) => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

/** The Lua of each command: the clock, the row and the acceptance it builds on, and its own file. */
export function loadScripts(clock = lua('clock')): Record<ScriptName, string> {
  const whole = (...parts: string[]) => parts.join('\n');
  const row = lua('row');
  const acceptance = lua('acceptance');
  return {
    open: whole(clock, row, acceptance, lua('open')),
    report: whole(clock, row, acceptance, lua('report')),
    end: whole(clock, row, acceptance, lua('end')),
    adopt: whole(clock, row, lua('adopt')),
  };
}

export type ScriptName = 'open' | 'report' | 'end' | 'adopt';
