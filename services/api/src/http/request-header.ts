import type { Context } from 'hono';

/**
 * A request header by its lower-case name. Node has parsed the headers already; asking the web `Request`
 * would first copy them all into a `Headers` object, which costs more than the rest of a heartbeat's routing.
 */
export function requestHeader(c: Context, name: string): string | undefined {
  const incoming = (c.env as NodeBindings | undefined)?.incoming;
  if (incoming === undefined) return c.req.header(name);
  const value = incoming.headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}

interface NodeBindings {
  readonly incoming?: { readonly headers: Readonly<Record<string, string | string[] | undefined>> };
}
