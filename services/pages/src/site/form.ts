/** The fields of a form that was sent, as texts; what a person left blank is absent. */
export class Form {
  readonly #fields: FormData;

  constructor(fields: FormData) {
    this.#fields = fields;
  }

  /** A field's text, trimmed; undefined where it was left blank or is a file. */
  text(name: string): string | undefined {
    const value = this.#fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  }

  /** Every value of a field that may be there several times. */
  all(name: string): string[] {
    return this.#fields.getAll(name).filter((value): value is string => typeof value === 'string');
  }

  /** Every text that was sent, with its name, in its order. */
  texts(): [name: string, value: string][] {
    return [...this.#fields].filter((field): field is [string, string] => typeof field[1] === 'string');
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** The files of a field; browsers send an empty one where none was chosen. */
  files(name: string): File[] {
    return this.#fields
      .getAll(name)
      .filter((value): value is File => value instanceof File && value.size > 0);
  }
}
