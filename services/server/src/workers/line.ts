/** What one end can be asked: a function for each question. What goes over the line is plain JSON. */
// biome-ignore lint/suspicious/noExplicitAny: any function may be asked, whatever it takes
type Questions = Record<string, (...input: any[]) => unknown>;

/** A channel between two processes. */
export interface Channel {
  send(message: object): void;
  listen(hear: (message: unknown) => void): void;
}

/** Asks the process at the other end. */
export interface Line<Theirs extends Questions> {
  /** Rejects with `NoAnswer` when the other end fails or says nothing in time. */
  ask<What extends keyof Theirs & string>(
    what: What,
    ...input: Parameters<Theirs[What]>
  ): Promise<Awaited<ReturnType<Theirs[What]>>>;
}

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

interface Message {
  readonly line: 'ask' | 'answer' | 'failed';
  readonly id: number;
  readonly what?: string;
  readonly input?: unknown[];
  readonly answer?: unknown;
}

const usualPatienceMs = 5_000;

/**
 * Puts questions to the other end of a channel, and answers those that come from there. `patience`: how long to wait
 * for the answer to a question, in milliseconds, where it is not the usual five seconds.
 */
export function createLine<Theirs extends Questions>(
  channel: Channel,
  ours: Questions,
  patience: { readonly [What in keyof Theirs]?: number } = {},
): Line<Theirs> {
  const waiting = new Map<number, (message: Message) => void>();
  let latest = 0;

  channel.listen((heard) => {
    if (!isMessage(heard)) return;
    if (heard.line === 'ask') void answer(heard);
    else waiting.get(heard.id)?.(heard);
  });

  async function answer({ id, what = '', input = [] }: Message): Promise<void> {
    try {
      channel.send({ line: 'answer', id, answer: await ours[what]?.(...input) });
    } catch (error) {
      channel.send({ line: 'failed', id, answer: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    ask(what, ...input) {
      latest += 1;
      const id = latest;
      const patienceMs = patience[what] ?? usualPatienceMs;
      return new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(id);
        };
        const timer = setTimeout(() => {
          done();
          reject(new NoAnswer(`${what} was not answered within ${patienceMs} ms`));
        }, patienceMs).unref();
        waiting.set(id, (message) => {
          done();
          if (message.line === 'answer') resolve(message.answer as never);
          else reject(new NoAnswer(`${what} failed: ${String(message.answer)}`));
        });
        channel.send({ line: 'ask', id, what, input });
      });
    },
  };
}

function isMessage(heard: unknown): heard is Message {
  return typeof heard === 'object' && heard !== null && 'line' in heard && 'id' in heard;
}
