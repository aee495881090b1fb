/**
 * A duration as people write it in a list: hours with decimals (`1.5`) or units (`1h30m`, `90m`, `45s`).
 * Seconds, floored (R4); null where it is neither.
 */
export function hoursToSeconds(text: string): number | null {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) {
    // A millionth of a second more, so that 0.7 h is 2520 s in binary fractions too.
    return Math.floor(Number(text) * 3600 + 1e-6);
  }
  const units = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(text);
  if (units === null || text === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = units;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
