/** Change only if nobody else did since this entity tag was read; else `precondition-failed`. */
export interface IfMatch {
  readonly ifMatch?: string;
}

/** Make what is not there yet, and never overwrite; else `precondition-failed`. */
export interface IfAbsent {
  readonly ifAbsent?: boolean;
}

/** Whether a `put` made what was not there before. */
export interface Created {
  readonly created: boolean;
}

export const conditional = ({ ifMatch, ifAbsent }: IfMatch & IfAbsent = {}): Record<string, string> => ({
  ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  ...(ifAbsent && { 'if-none-match': '*' }),
});
