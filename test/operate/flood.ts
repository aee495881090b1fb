import { connect, type Socket } from 'node:net';

export interface Flood {
  /** Answers so far, by status. */
  readonly answered: ReadonlyMap<number, number>;
  /** How many of the 503 said when to come again. */
  readonly toldWhen: number;
  /** What the 503 said. */
  readonly reasons: ReadonlySet<string>;
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
  const reasons = new Set<string>();
  let toldWhen = 0;

  const sockets = Array.from({ length: connections }, (): Socket => {
    let rest = '';
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text: string) => {
      rest += text;
      for (let end = endOfFirst(rest); end !== null; end = endOfFirst(rest)) {
        count(rest.slice(0, end));
        rest = rest.slice(end);
      }
    });
    return socket;
  });

  function count(answer: string): void {
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
    answered.set(status, (answered.get(status) ?? 0) + 1);
    if (status !== 503) return;
    if (/^retry-after: \d+/im.test(answer)) toldWhen += 1;
    reasons.add(/"detail":"([^"]*)"/.exec(answer)?.[1] ?? '');
  }

  return {
    answered,
    reasons,
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

/** Where the first answer ends; null: it has not come whole. */
function endOfFirst(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return null;
  const [, length] = /^content-length: (\d+)/im.exec(text.slice(0, head)) ?? [];
  const end = head + 4 + Number(length);
  return end <= text.length ? end : null;
}
