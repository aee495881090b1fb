import { startService, type TestService } from '../harness/index.ts';
import { type StoryClock, startClock } from './clock.ts';
import { Broken, expectLike, tellStep } from './teller.ts';

/** Whoever calls the service, and in which capacity. */
export interface Caller {
  readonly name: string;
  readonly scope: string;
  /** The institute that a reviewer or admin is of; absent: headquarters. */
  readonly org?: string;
}

export interface Request<Body> {
  readonly json?: unknown;
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status that must come. */
  readonly status: number;
  /** What must be in the answer. */
  readonly like?: object;
  /** Its key figures in a few words. */
  readonly says?: (body: Body) => string;
  /** Not told, as one of many. */
  readonly quiet?: true;
}

interface Answered<Body> {
  readonly body: Body;
  readonly etag: string;
}

/** The real product, with a ledger and a clock of the story's own. */
export interface Stage {
  readonly service: TestService;
  readonly clock: StoryClock;
  /** Asks the service, tells the step in one line, and ends the story unless what must come has come. */
  ask<Body = unknown>(caller: Caller, request: string, wanted: Request<Body>): Promise<Answered<Body>>;
}

export async function openStage(startsAt: string): Promise<Stage> {
  const clock = startClock(startsAt);
  const service = await startService({ env: clock.env });
  return {
    service,
    clock,
    async ask<Body>(caller: Caller, request: string, wanted: Request<Body>) {
      const response = await send(service, tokenOf(service, clock, caller), request, wanted);
      const text = await response.text();
      const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
      const body = isJson ? JSON.parse(text) : text;
      const what = `${caller.name}: ${request}`;
      if (response.status !== wanted.status)
        throw new Broken(`${what}\nexpected ${wanted.status}, got ${response.status}: ${text}`);
      if (wanted.like !== undefined) expectLike(what, body, wanted.like);
      if (!wanted.quiet)
        tellStep({
          when: clock.shown(),
          who: caller.name,
          what: shortened(request),
          outcome: String(response.status),
          says: wanted.says?.(body) ?? '',
        });
      return { body, etag: response.headers.get('ETag') ?? '' };
    },
  };
}

function tokenOf(service: TestService, clock: StoryClock, { name, scope, org }: Caller): string {
  const exp = Math.floor(clock.now() / 1_000) + 3_600;
  return service.token({ sub: name, scope, exp, ...(org === undefined ? {} : { org }) });
}

function send(
  service: TestService,
  token: string,
  request: string,
  { json, csv, headers }: Pick<Request<never>, 'json' | 'csv' | 'headers'>,
): Promise<Response> {
  const [method = '', path = ''] = request.split(' ');
  const type = csv !== undefined ? 'text/csv' : json !== undefined ? 'application/json' : null;
  return fetch(new URL(path, service.url), {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(type === null ? {} : { 'Content-Type': type }),
      ...headers,
    },
    ...(type === null ? {} : { body: csv ?? JSON.stringify(json) }),
  });
}

/** Ids that the service has made, as far as people care. */
const shortened = (request: string) =>
  decodeURIComponent(request).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{22}([0-9a-f]{5})/g, '…$1');
