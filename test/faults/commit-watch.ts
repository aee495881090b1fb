import { textsIn, type WireMessage } from './wire-messages.ts';

/** How something becomes durable: at the end of a transaction, or by an UPDATE that commits itself, as heartbeats do. */
export type CommitKind = 'COMMIT' | 'UPDATE';

/** Follows one connection, message by message in the order they are sent. */
export interface CommitWatch {
  /** What becomes durable if this message of the client reaches the server. */
  asked(message: WireMessage): CommitKind | null;
  /** What has become durable, now that the server has said so to the end. */
  answered(message: WireMessage): CommitKind | null;
  /** The server has begun to say so; of an UPDATE it is true only when it is ready again. */
  readonly answering: boolean;
}

/** https://www.postgresql.org/docs/15/protocol-message-formats.html; nothing that wrote nothing counts. */
export function createCommitWatch(): CommitWatch {
  const statements = new Map<string, string>();
  let idle = false;
  let wrote = false;
  let answering: CommitKind | null = null;

  function commandComplete(tag: string): void {
    const writes = /^(INSERT 0|UPDATE|DELETE) [1-9]/.test(tag);
    wrote ||= writes;
    if (tag === 'COMMIT' && wrote) answering = 'COMMIT';
    if (tag.startsWith('UPDATE') && writes && idle) answering = 'UPDATE';
  }

  /** `I`: no transaction is under way. */
  function ready(state: string): CommitKind | null {
    const done = state === 'I' ? answering : null;
    idle = state === 'I';
    if (idle) wrote = false;
    answering = null;
    return done;
  }

  return {
    asked: ({ type, body }) => {
      const [first = '', second = ''] = textsIn(body, 2);
      switch (type) {
        case 'P': // Parse: a name, a statement
          statements.set(first, second);
          return null;
        case 'B': // Bind: a portal, the name of a statement
          return idle && /\bupdate sessions\b/i.test(statements.get(second) ?? '') ? 'UPDATE' : null;
        case 'Q': // Query
          return wrote && /^commit\b/i.test(first) ? 'COMMIT' : null;
        default:
          return null;
      }
    },
    answered: ({ type, body }) => {
      if (type === 'C') commandComplete(textsIn(body, 1).join());
      return type === 'Z' ? ready(body.toString('latin1')) : null;
    },
    get answering() {
      return answering !== null;
    },
  };
}
