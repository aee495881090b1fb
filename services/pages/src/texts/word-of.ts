/**
 * The word for a name that may be any text; undefined where there is none.
 * @example wordOf({ open: '开放' }, 'constructor') // undefined
 */
export const wordOf = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;
