/** An error as a log may keep it. */
export interface ErrorOfLine {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/**
 * An error and its causes without personal data: what drivers hang on them — the command with its keys, the
 * parameters of a query, the row that conflicts — names learners and stays out.
 */
export function errorOfLine(error: unknown): ErrorOfLine | unknown {
  if (!(error instanceof Error)) return error;
  const chain = causesOf(error);
  const lines = chain.map(
    (each, nth) => `${nth === 0 ? '' : 'caused by '}${titleOf(each)}\n${framesOf(each)}`,
  );
  return { type: error.name, message: wholeMessage(error), stack: lines.join('\n') };
}

/** What an error and its causes say, without personal data; many an error quotes its cause already. */
export function wholeMessage(error: Error): string {
  return causesOf(error).reduce((whole, error) => {
    const message = messageOf(error);
    return whole.includes(message) ? whole : `${whole}: ${message}`;
  }, messageOf(error));
}

/** An error, its cause, the cause of that, and so on. */
function causesOf(error: Error): Error[] {
  const chain: Error[] = [];
  for (let each: unknown = error; each instanceof Error && !chain.includes(each); each = each.cause) {
    chain.push(each);
  }
  return chain;
}

function titleOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${error.name}: ${messageOf(error)}${code}`;
}

/** drizzle quotes the parameters after the query, also where its message is quoted by ours. */
function messageOf({ message }: Error): string {
  return message.replace(/\s*\bparams: [\s\S]*$/, '');
}

function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
