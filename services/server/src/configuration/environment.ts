export type Environment = Readonly<Record<string, string | undefined>>;

/** A value that cannot be used; the message goes on from the variable's name. */
export class Unreadable extends Error {}

/** Reads variables by name and gathers what is wrong with them, so that one start shows all faults. */
export class EnvironmentReader<Variable extends string> {
  readonly #environment: Environment;
  /** Lines for the operator, each beginning with a variable's name. */
  readonly faults: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** An empty variable is an absent one, as container files can only blank what they inherit. */
  text(variable: Variable): string | null {
    return this.#environment[variable]?.trim() || null;
  }

  parsed<Value>(variable: Variable, parse: (text: string) => Value): Value | null {
    const text = this.text(variable);
    if (text === null) return null;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.faults.push(`${variable} ${error.message}`);
      return null;
    }
  }

  oneOf<Value extends string>(variable: Variable, allowed: readonly Value[], otherwise: Value): Value {
    const chosen = this.parsed(variable, (text) => {
      const value = allowed.find((each) => each === text);
      if (value === undefined) throw new Unreadable(`must be one of ${allowed.join(', ')}, not "${text}"`);
      return value;
    });
    return chosen ?? otherwise;
  }

  /** A number from 0 to 1. */
  share(variable: Variable, otherwise: number): number {
    const chosen = this.parsed(variable, (text) => {
      const value = Number(text);
      if (!(value >= 0 && value <= 1)) throw new Unreadable(`must be a number from 0 to 1, not "${text}"`);
      return value;
    });
    return chosen ?? otherwise;
  }

  wholeNumber(variable: Variable, [least, most]: readonly [number, number], otherwise: number): number {
    const chosen = this.parsed(variable, (text) => {
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < least || value > most)
        throw new Unreadable(`must be a whole number from ${least} to ${most}, not "${text}"`);
      return value;
    });
    return chosen ?? otherwise;
  }
}

/**
 * A faulty address in quotes. A fault is printed and kept in logs; a password in it must not be, however it is
 * misspelt: everything up to the last `@` may be one, and everything after a `?` or a `#`.
 */
export function withoutPassword(text: string): string {
  const [login, scheme = ''] = /^([a-z][a-z+.-]*:)?.*@/is.exec(text) ?? [];
  if (login === undefined) return `"${text.replace(/\?.*$/s, '?…')}"`;
  const rest = text.slice(login.length).replace(/[?#].*$/s, '?…');
  const special = /[/?#@]/.test(login.slice(scheme.length, -1).replace(/^\/\//, ''));
  return `"${scheme}//…@${rest}"${special ? '; percent-encode what is special in the password, such as / as %2F' : ''}`;
}
