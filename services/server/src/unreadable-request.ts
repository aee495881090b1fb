import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestError } from '@hono/node-server';
import { Problem } from '@watchledger/contract';

/** What is said to a request that no route ever sees, because it is no sound HTTP. */
export function problemOfUnreadable(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers-too-large', 'The address and the headers are larger than 16 KiB together.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', 'The request did not come in time.');
    default:
      return new Problem('malformed-request', 'The request is not valid HTTP.');
  }
}

/** So long a sender has to read why it was refused. */
const lingerMs = 1_000;

/** Answers a connection that Node could not read a request from, and closes it, also when its sender does not. */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOfUnreadable(code);
  const body = JSON.stringify(problem.document());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Destroyed at once, what is still unread of theirs would reset the connection before they have read this.
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(timer));
}

/** Answers a request whose address makes no URL; anything else is a fault of ours. */
export function answerUnreadable(error: unknown): Response {
  const problem =
    error instanceof RequestError
      ? problemOfUnreadable(undefined)
      : new Problem('internal-error', 'The service failed.');
  return new Response(JSON.stringify(problem.document()), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  });
}
