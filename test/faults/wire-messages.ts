/** A message of PostgreSQL's protocol 3. The first that a client sends has no type. */
export interface WireMessage {
  readonly type: string;
  readonly body: Buffer;
  /** All of it, as it is sent on. */
  readonly bytes: Buffer;
}

/** Puts what one side of a connection without TLS sends, in whatever pieces it arrives, together to whole messages. */
export function createFraming(sender: 'client' | 'server'): (data: Buffer) => WireMessage[] {
  let rest = Buffer.alloc(0);
  let typed = sender === 'server';
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const messages: WireMessage[] = [];
    for (;;) {
      const head = typed ? 1 : 0;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return messages;
      const [type, body] = [rest.toString('latin1', 0, head), rest.subarray(head + 4, end)];
      messages.push({ type, body, bytes: rest.subarray(0, end) });
      rest = rest.subarray(end);
      typed = true;
    }
  };
}

/** The zero-terminated texts at the beginning of a body. */
export function textsIn(body: Buffer, count: number): string[] {
  return body.toString('utf8').split('\0', count);
}
