/** Of each command of a port: reads its reply and names the outcome, in one of few words. */
export type Readings<Port> = {
  readonly [Command in keyof Port]: Port[Command] extends (...args: never[]) => Promise<infer Reply>
    ? (reply: Reply) => string
    : never;
};

/** Surrounds each run of one command. */
export type Around = <Reply>(
  run: () => Promise<Reply>,
  outcomeOf: (reply: Reply) => string,
) => Promise<Reply>;

/** One inside the other; the reply is read once. */
export function nested(outer: Around, inner: Around): Around {
  return <Reply>(run: () => Promise<Reply>, outcomeOf: (reply: Reply) => string) => {
    let outcome = '';
    const read = (reply: Reply) => {
      outcome = outcomeOf(reply);
      return outcome;
    };
    return outer(
      () => inner(run, read),
      () => outcome,
    );
  };
}

/** The same port, each command of it surrounded; nothing else changes for who uses it. */
export function watchPort<Port extends object>(
  port: Port,
  readings: Readings<Port>,
  watch: (command: string) => Around,
): Port {
  const commands = port as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const watched = Object.entries<(reply: never) => string>(readings).map(([command, outcomeOf]) => {
    const around = watch(command);
    const run = (...args: unknown[]) =>
      around(() => commands[command]?.(...args) as Promise<never>, outcomeOf);
    return [command, run];
  });
  return Object.fromEntries(watched);
}
