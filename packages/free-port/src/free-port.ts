import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (from 32768 on Linux). */
const [FIRST, LAST] = [10_240, 32_767];

const given = new Set<number>();

/**
 * A loopback port that nobody uses. It stays free until a server takes it, and while that server is away: no
 * outgoing connection gets it, this process gives it once, and other processes choose at random, too.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
