import { type Agent, request } from 'node:http';

/** A request just as it is written here, on a connection of its own: `fetch` would mend or refuse much of it. */
export interface RawRequest {
  readonly method: string;
  /** Sent as it is, with its escapes. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several parts are sent in chunks, without a stated length. */
  readonly body?: string | Buffer | readonly (string | Buffer)[];
  /** Whose connections are used again; absent: one of its own. */
  readonly agent?: Agent;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export function send(
  url: string,
  { method, path, headers = {}, body, agent }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const stated = typeof body === 'string' || Buffer.isBuffer(body);
    const length = stated ? { 'Content-Length': String(Buffer.byteLength(body)) } : {};
    const outgoing = request(
      { hostname, port, method, path, agent: agent ?? false, headers: { ...length, ...headers } },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.once('error', reject);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
        );
      },
    );
    // An answer may come before the whole body is sent: then it counts, not the broken pipe.
    outgoing.once('error', reject);
    const parts = body === undefined ? [] : stated ? [body] : body;
    for (const part of parts) outgoing.write(part);
    outgoing.end();
  });
}
