/** How a language writes the parts of a duration, e.g. `小时`, or ` h` with its space. */
export interface DurationUnits {
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** Between two parts. */
  readonly between: string;
}

const minute = 60;
const hour = 60 * minute;

/**
 * Hours, minutes and seconds; parts that are zero are left out, but for the minutes of nothing.
 * @param seconds whole, from zero
 * @example durationIn({ hour: '小时', minute: '分', second: '秒', between: '' }, 195_000) // '54小时10分'
 */
export function durationIn(units: DurationUnits, seconds: number): string {
  const parts = [
    [Math.floor(seconds / hour), units.hour],
    [Math.floor((seconds % hour) / minute), units.minute],
    [seconds % minute, units.second],
  ] as const;
  const said = parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : []));
  return said.join(units.between) || `0${units.minute}`;
}
