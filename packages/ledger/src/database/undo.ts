/** Rolls a transaction back, and carries what it would have answered. */
class Undone extends Error {
  override readonly name = 'Undone';

  readonly answer: unknown;

  constructor(answer: unknown) {
    super('nothing of this was meant to stay');
    this.answer = answer;
  }
}

/** Ends a command that is only rehearsed: nothing of it stays. */
export function undo(answer: unknown): never {
  throw new Undone(answer);
}

/** What a command that ends with `undo` would have answered. Rejects with whatever else kept it from ending. */
export async function rehearsed<Answer>(command: Promise<unknown>): Promise<Answer> {
  try {
    await command;
  } catch (error) {
    if (error instanceof Undone) return error.answer as Answer;
    throw error;
  }
  throw new Error('a rehearsed command was not undone');
}
