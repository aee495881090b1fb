import { connect, type Socket } from 'node:net';

/** One learner's connection: the same heartbeat again and again, with a claim that follows the clock. */
export interface Viewer {
  readonly port: number;
  readonly path: string;
  readonly token: string;
}

export interface LoadResult {
  readonly answered: number;
  readonly refused: number;
}

/** Sends heartbeats on one keep-alive connection a viewer, one under way on each, for `ms` milliseconds. */
export async function load(viewers: readonly Viewer[], ms: number): Promise<LoadResult> {
  const until = performance.now() + ms;
  const results = await Promise.all(viewers.map((viewer) => beat(viewer, until)));
  return {
    answered: results.reduce((sum, { answered }) => sum + answered, 0),
    refused: results.reduce((sum, { refused }) => sum + refused, 0),
  };
}

const openedAt = performance.now();

function beat({ port, path, token }: Viewer, until: number): Promise<LoadResult> {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
  ].join('\r\n');
  let answered = 0;
  let refused = 0;

  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    const send = () => {
      const watchedMs = Math.floor(performance.now() - openedAt);
      const body = `{"watchedMs":${watchedMs},"state":"playing","position":${watchedMs / 1_000},"rate":1}`;
      socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    };
    let waiting = '';
    socket.on('data', (data) => {
      waiting += data.toString('latin1');
      const bodyAt = waiting.indexOf('\r\n\r\n');
      if (bodyAt < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(waiting)?.[1] ?? 0);
      if (waiting.length < bodyAt + 4 + length) return;
      if (waiting.startsWith('HTTP/1.1 200')) answered += 1;
      else refused += 1;
      waiting = '';
      if (performance.now() < until) send();
      else socket.end(() => resolve({ answered, refused }));
    });
    socket.on('error', reject);
    socket.on('connect', send);
  });
}
