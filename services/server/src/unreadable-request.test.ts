import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { refuseUnreadable } from './unreadable-request.ts';

test('a sender of nonsense reads why it is refused, and is let go though it keeps its end open', async () => {
  const closed = Promise.withResolvers<void>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('close', () => closed.resolve());
    refuseUnreadable(new Error('no HTTP'), socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sender = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  expect(await text(sender)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*"code":"malformed-request"/s);
  await closed.promise;
  sender.destroy();
  server.close();
});
