import { createServer } from 'node:http';
import { createHmacSigner } from '@watchledger/pages/signed-cookie';
import { freePort } from '../harness/index.ts';
import type { Person } from './people.ts';

/** How long somebody who came in by the door stays signed in. */
const stayMs = 12 * 3_600_000;

/** The cookie that signing in would have given. */
export function cookieOf(secret: string, person: Person): string {
  const text = Buffer.from(JSON.stringify({ ...person, until: Date.now() + stayMs })).toString('base64url');
  return createHmacSigner(secret).sign(text);
}

/**
 * Links that let people in as often as they are opened: browsers send cookies to every port of a host. Ends with the
 * process.
 */
export async function openDoor(
  serviceUrl: string,
  secret: string,
  doors: Readonly<Record<string, { readonly person: Person; readonly page: string }>>,
): Promise<(name: string) => string> {
  const port = await freePort();
  const server = createServer((request, response) => {
    const door = doors[(request.url ?? '').slice(1)];
    if (door === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(302, {
      location: serviceUrl + door.page,
      'set-cookie': `watchledger=${cookieOf(secret, door.person)}; Path=/; HttpOnly; SameSite=Lax`,
    });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  server.unref();
  return (name) => `http://127.0.0.1:${port}/${name}`;
}
