/** Headers of an answer, by lower-case name. */
export type Headers = Readonly<Record<string, string>>;
