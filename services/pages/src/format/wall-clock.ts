/**
 * How a field of type `datetime-local` writes a moment (RFC 3339) of a time zone: `2026-03-01T09:00`; with its seconds
 * where it has any.
 */
export function wallClock(moment: string, timeZone: string): string {
  return shown(Date.parse(moment), timeZone).replace(/:00$/, '');
}

/**
 * The moment that the clocks of a time zone show so, in RFC 3339; null where it is no such text. Of an hour that clocks
 * show twice it is the first one; one that they skip is as much later.
 * @example momentAt('2026-03-01T09:00', 'Asia/Shanghai') // '2026-03-01T01:00:00.000Z'
 */
export function momentAt(text: string, timeZone: string): string | null {
  const wanted = Date.parse(`${text}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) || Number.isNaN(wanted)) return null;
  const offsetAt = (moment: number) => Date.parse(`${shown(moment, timeZone)}Z`) - moment;
  const day = 86_400_000;
  const before = wanted - offsetAt(wanted - day);
  const moment = offsetAt(before) === offsetAt(wanted - day) ? before : wanted - offsetAt(wanted + day);
  return new Date(offsetAt(moment) + moment === wanted ? moment : before).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function shown(moment: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return format.format(moment).replace(' ', 'T');
}
