/**
 * PostgreSQL's 64-bit integers arrive as text, since a number does not hold all of them. Here they are numbers,
 * and one that would lose digits is an error.
 */
export function exactInteger(text: string | number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${text} is no integer that a number holds exactly`);
  return number;
}
