import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Fault, Problem, readMessage } from '@watchledger/contract';
import type { Context } from 'hono';
import type { z } from 'zod';
import { authenticate } from '../access/bearer.ts';
import type { Principal, VerifyToken } from '../access/principal.ts';
import type { Meters } from '../operations/meters.ts';
import type { Answers } from './answers.ts';
import { readJson } from './body.ts';
import { type Operation, routeConfig, routingPath } from './operation.ts';

/** What every group of routes needs to speak HTTP. */
export interface Http {
  readonly answers: Answers;
  readonly verifyToken: VerifyToken;
  readonly meters: Meters;
}

/** What a token may do here: turns the principal into what the handler needs of it, or throws `forbidden`. */
export type Access<Caller> = (principal: Principal) => Caller;

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Message<Params, Query, Body> = {
  readonly params: Output<Params>;
  readonly query: Output<Query>;
  readonly body: Output<Body>;
};

type Params = z.ZodObject | undefined;
type Query = z.ZodObject | undefined;
type Body = z.ZodType | undefined;

/** Adds an operation that needs a token: who calls, may they, is the message sound, then the handler. */
export function serve<P extends Params, Q extends Query, B extends Body, Caller>(
  app: OpenAPIHono,
  http: Http,
  operation: Operation<P, Q, B>,
  access: Access<Caller>,
  handle: (c: Context, message: Message<P, Q, B>, caller: Caller) => Promise<Response>,
): void {
  mount(app, http, operation, async (c) => {
    const caller = access(await authenticate(c, http.verifyToken));
    return handle(c, await readInput(c, operation), caller);
  });
}

/** Adds an operation whose handler reads its own message, or that everybody may call. */
export function mount(
  app: OpenAPIHono,
  http: Http,
  operation: Operation,
  answer: (c: Context) => Promise<Response>,
): void {
  app.openAPIRegistry.registerPath(routeConfig(operation));
  app.on(operation.method, routingPath(operation), timed(http.meters, operation, answer));
}

/** Reads params, query and body, and names every fault of them at once. */
async function readInput<P extends Params, Q extends Query, B extends Body>(
  c: Context,
  { params, query, body, bodyOptional, bodyLimitBytes, otherBodies }: Operation<P, Q, B>,
): Promise<Message<P, Q, B>> {
  const faults: Fault[] = [];
  const read = <Schema extends z.ZodType | undefined>(schema: Schema, input: unknown): Output<Schema> => {
    if (schema === undefined) return undefined as Output<Schema>;
    const reading = readMessage(schema, input);
    if (!reading.ok) faults.push(...reading.faults);
    return (reading.ok ? reading.value : undefined) as Output<Schema>;
  };
  const accepted = ['application/json', ...Object.keys(otherBodies ?? {})];
  const json = body && (await readJson(c, accepted, bodyLimitBytes));
  const message = {
    params: read(params as P, c.req.param()),
    query: read(query as Q, queryOf(c)),
    body: read(body as B, json === undefined && bodyOptional ? {} : json),
  };
  if (faults.length > 0) throw invalid(faults);
  return message;
}

/** A repeated name gives a list; whether that is allowed, its schema says. */
function queryOf(c: Context): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? '') : values,
    ]),
  );
}

/** A path parameter and a body, or every fault of both; for handlers that read their own message. */
export function readParts<Id extends z.ZodType, Message extends z.ZodType>(
  idSchema: Id,
  id: unknown,
  schema: Message,
  body: unknown,
): { readonly id: z.output<Id>; readonly message: z.output<Message> } {
  const idReading = readMessage(idSchema, id);
  const reading = readMessage(schema, body);
  if (idReading.ok && reading.ok) return { id: idReading.value, message: reading.value };
  const idFaults = idReading.ok ? [] : idReading.faults.map((fault) => ({ ...fault, path: '/id' }));
  throw invalid(reading.ok ? idFaults : [...idFaults, ...reading.faults]);
}

export const invalid = (faults: readonly Fault[]): Problem =>
  new Problem('invalid-request', faultSummary(faults), { errors: faults });

function faultSummary(faults: readonly Fault[]): string {
  const [first, ...others] = faults;
  if (first === undefined) return 'The request is not valid.';
  const place = first.path === '' ? 'The message' : first.path;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${place} ${first.message}${more}.`;
}

function timed(
  { durations }: Meters,
  { method, path }: Operation,
  answer: (c: Context) => Promise<Response>,
) {
  return async (c: Context): Promise<Response> => {
    const stop = durations.startTimer({ method, route: path });
    try {
      const response = await answer(c);
      stop({ status: response.status });
      return response;
    } catch (error) {
      stop({ status: error instanceof Problem ? error.status : 500 });
      throw error;
    }
  };
}
