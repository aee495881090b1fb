import { connect, type Socket } from 'node:net';

export interface Flood {
  /** Answers so far, by status. */
  readonly answered: ReadonlyMap<number, number>;
  /** How many of the 503 said when to come again. */
  readonly toldWhen: number;
  /** Sends so many requests on each connection, without waiting for an answer. */
  pour(requests: number): void;
  close(): void;
}

export interface FloodOptions {
  readonly port: number;
  readonly connections: number;
  readonly path: string;
  readonly token: string;
  readonly body: object;
}

/** Sends one request again and again on many connections, faster than it can be answered. */
export function startFlood({ port, connections, path, token, body }: FloodOptions): Flood {
  const json = JSON.stringify(body);
  const request = `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
  const answered = new Map<number, number>();
  let toldWhen = 0;

  const sockets = Array.from({ length: connections }, (): Socket => {
    let rest = '';
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text: string) => {
      const heads = (rest + text).split('HTTP/1.1 ');
      // The last one may not have come whole.
      rest = heads.pop() ?? '';
      for (const head of heads.filter(Boolean)) count(head);
      if (/\r\n\r\n\{.*\}$/s.test(rest)) {
        count(rest.replace(/^HTTP\/1\.1 /, ''));
        rest = '';
      } else rest = `HTTP/1.1 ${rest}`;
    });
    return socket;
  });

  function count(head: string): void {
    const status = Number(head.slice(0, 3));
    answered.set(status, (answered.get(status) ?? 0) + 1);
    if (status === 503 && /^retry-after: \d+/im.test(head)) toldWhen += 1;
  }

  return {
    answered,
    get toldWhen() {
      return toldWhen;
    },
    pour(requests) {
      for (const socket of sockets) socket.write(request.repeat(requests));
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
