const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread: for start-up only, before anything is served. */
export function pause(milliseconds: number): void {
  Atomics.wait(nothing, 0, 0, milliseconds);
}
