import { readFileSync } from 'node:fs';

// Loaded into a service before anything else: its machine's wall clock stands CLOCK_SHIFT_MS ahead, or as far as the
// file CLOCK_SHIFT_FILE says at the moment, so that it can be moved while the service runs.
const { CLOCK_SHIFT_MS, CLOCK_SHIFT_FILE: file } = process.env;
const shiftMs = file === undefined ? () => Number(CLOCK_SHIFT_MS) : () => Number(readFileSync(file, 'utf8'));
const MachineDate = Date;

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + shiftMs()] : args, newTarget),
  apply: (target) => new target(target.now() + shiftMs()).toString(),
  get: (target, name) => (name === 'now' ? () => target.now() + shiftMs() : Reflect.get(target, name)),
});
