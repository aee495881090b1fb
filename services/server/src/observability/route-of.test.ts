import { createApi, createMeters } from '@watchledger/api';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { routeOf } from './route-of.ts';

type Deps = Parameters<typeof createApi>[0];

const app = createApi({
  useCases: { office: {} } as Deps['useCases'],
  verifyToken: async () => {
    throw new Error('nobody calls');
  },
  meters: createMeters(new Registry()),
  corsOrigins: [],
  log: { warn: () => {}, error: () => {} },
});

test.each([
  ['POST', '/v1/sessions/0199/heartbeats', '/v1/sessions/{id}/heartbeats'],
  ['GET', '/v1/sessions/current', '/v1/sessions/current'],
  ['HEAD', '/v1/learners/u-17/credits', '/v1/learners/{id}/credits'],
  ['DELETE', '/v1/learners/u-17/credits', undefined],
  ['GET', '/no/such/u-17', undefined],
])('%s %s is of the route %s', (method, path, route) => {
  expect(routeOf(app)(method, path)).toBe(route);
});
