/** Change only if nobody else did since this entity tag was read; else `precondition-failed`. */
export interface IfMatch {
  readonly ifMatch?: string;
}

/** Whether a `put` made what was not there before. */
export interface Created {
  readonly created: boolean;
}

export const conditional = ({ ifMatch }: IfMatch = {}): Record<string, string> =>
  ifMatch === undefined ? {} : { 'if-match': ifMatch };
