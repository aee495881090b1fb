import type { RouteConfig } from '@hono/zod-openapi';
import { Preview, type ProblemCode, ProblemDocument, problemKinds } from '@watchledger/contract';
import { z } from 'zod';

/** One call of the API as it is documented and as its input is read. */
export interface Operation<
  Params extends z.ZodObject | undefined = z.ZodObject | undefined,
  Query extends z.ZodObject | undefined = z.ZodObject | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces: `/v1/courseware/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Who may call; null: everybody. */
  readonly scope: string | null;
  readonly params?: Params;
  readonly query?: Query;
  readonly headers?: z.ZodObject;
  /** Read as JSON and validated before the handler runs. */
  readonly body?: Body;
  /** Bodies that the handler reads itself, by media type. */
  readonly otherBodies?: Readonly<Record<string, z.ZodType>>;
  readonly bodyOptional?: boolean;
  /** The most that a body of JSON may have; absent: what messages need. */
  readonly bodyLimitBytes?: number;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beside those that every call of its kind has. */
  readonly problems?: readonly ProblemCode[];
}

export interface Answer {
  readonly description: string;
  /** By media type. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
}

export const jsonAnswer = (description: string, schema: z.ZodType): Answer => ({
  description,
  content: { 'application/json': schema },
});

/** What a change answers: what there is now, or with `?preview=true` what would come of it. */
export const previewAnswer = (done: string, schema: z.ZodType): Answer => ({
  description: `${done}, or with \`preview\` what it would do to whom.`,
  content: { 'application/json': z.union([schema, Preview]), 'application/x-ndjson': z.string() },
});

/** The header of changes that may have been overtaken. */
export const IfMatchHeader = z.object({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'Entity tags; change only if it is still one of them.' }),
});

/** The headers of what is made or changed. */
export const PutHeaders = IfMatchHeader.extend({
  'if-none-match': z
    .literal('*')
    .optional()
    .meta({ description: 'Make it, and never overwrite one that is there.' }),
});

/** The operation as OpenAPI says it. */
export function routeConfig(operation: Operation): RouteConfig {
  const { method, path, tag, summary, description, scope, params, query, headers } = operation;
  const bodies = { ...(operation.body && { 'application/json': operation.body }), ...operation.otherBodies };
  return {
    method,
    path,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: scope === null ? [] : [{ bearer: [] }],
    ...(scope !== null && { 'x-scope': scope }),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(Object.keys(bodies).length > 0 && {
        body: { required: !operation.bodyOptional, content: byMediaType(bodies) },
      }),
    },
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  };
}

/** The operation's path as Hono writes it: `/v1/courseware/:id`. */
export const routingPath = ({ path }: Operation): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const byMediaType = (schemas: Readonly<Record<string, z.ZodType>>) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));

const answersOf = ({ answers }: Operation): RouteConfig['responses'] =>
  Object.fromEntries(
    Object.entries(answers).map(([status, { description, content }]) => [
      status,
      { description, ...(content && { content: byMediaType(content) }) },
    ]),
  );

function problemsOf(operation: Operation): RouteConfig['responses'] {
  const byStatus = Map.groupBy(codesOf(operation), (code) => problemKinds[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: ProblemDocument } },
      },
    ]),
  );
}

function codesOf({ scope, params, query, body, otherBodies, problems = [] }: Operation): Set<ProblemCode> {
  const codes = new Set<ProblemCode>(problems);
  if (scope !== null) codes.add('unauthenticated').add('forbidden').add('unavailable');
  if (params ?? query ?? body ?? otherBodies) codes.add('invalid-request');
  if (body ?? otherBodies) codes.add('payload-too-large').add('unsupported-media-type').add('malformed-text');
  if (body) codes.add('malformed-json');
  return codes;
}
