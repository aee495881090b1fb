// Loaded into a service before anything else: its machine's wall clock stands CLOCK_SHIFT_MS ahead.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const MachineDate = Date;

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + shiftMs] : args, newTarget),
  apply: (target) => new target(target.now() + shiftMs).toString(),
  get: (target, name) => (name === 'now' ? () => target.now() + shiftMs : Reflect.get(target, name)),
});
