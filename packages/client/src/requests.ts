import type { Imported, Page } from '@watchledger/contract';
import type { Call, Http } from './http.ts';
import { wholeLines } from './lines.ts';
import { itemsOf } from './pages.ts';
import type { Created } from './tags.ts';

/** What a capability is written with: calls and how their answers are read. */
export interface Requests {
  send: Http['send'];
  json<Body>(call: Call): Promise<Body>;
  /** With the entity tag of what is answered. */
  tagged<Body>(call: Call): Promise<Created & { readonly body: Body; readonly etag: string }>;
  /** The items of all pages, each page fetched when it is needed. */
  items<Item>(call: Call): AsyncIterable<Item>;
  /** The lines of a stream, proved to be all of them. */
  lines<Line extends object>(call: Call): AsyncIterable<Line>;
  importCsv(path: Call['path'], csv: string, options: DryRun | undefined): Promise<Imported>;
}

/** Check the file and count, but change nothing. */
export interface DryRun {
  readonly dryRun?: boolean;
}

const mostOnAPage = 200;
export const csvBody = { 'content-type': 'text/csv' };

export function createRequests({ send, stream }: Http): Requests {
  const json = async <Body>(call: Call): Promise<Body> => (await send(call)).json();

  return {
    send,
    json,
    tagged: async (call) => {
      const response = await send(call);
      return {
        body: await response.json(),
        etag: response.headers.get('etag') ?? '',
        created: response.status === 201,
      };
    },
    items: <Item>(call: Call) =>
      itemsOf((cursor) =>
        json<Page<Item>>({ ...call, query: { ...call.query, limit: mostOnAPage, cursor } }),
      ),
    lines: (call) => wholeLines(stream(call)),
    importCsv: (path, body, { dryRun = false } = {}) =>
      json({ method: 'POST', path, query: { dryRun }, body, headers: csvBody }),
  };
}
