import * as contract from '@watchledger/contract';
import { expect, expectTypeOf, test } from 'vitest';
import type {
  ActiveViewing,
  EndRequest,
  Heartbeat,
  OpenedSession,
  OpenRequest,
  Session,
} from './protocol.ts';

test('what the SDK sends is what the contract takes', () => {
  expectTypeOf<OpenRequest>().toExtend<contract.OpenSession>();
  expectTypeOf<Heartbeat>().toExtend<contract.Heartbeat>();
  expectTypeOf<EndRequest>().toExtend<contract.EndSessionByToken>();
  const heartbeat: Heartbeat = { watchedMs: 61_000, state: 'playing', position: 61.2, rate: 1 };
  expect(contract.Heartbeat.parse(heartbeat)).toEqual(heartbeat);
  const open: OpenRequest = { coursewareId: 'cw-1', clientId: '1x2y3z', takeOver: true };
  expect(contract.OpenSession.parse(open)).toEqual(open);
  const end: EndRequest = { endToken: 'secret', watchedMs: 61_000 };
  expect(contract.EndSessionByToken.parse(end)).toEqual(end);
});

test('what the contract answers is what the SDK reads', () => {
  expectTypeOf<contract.Session>().toExtend<Session>();
  expectTypeOf<Session>().toExtend<contract.Session>();
  expectTypeOf<contract.OpenedSession>().toExtend<OpenedSession>();
  expectTypeOf<contract.ActiveViewing>().toExtend<ActiveViewing>();
  for (const code of [
    'parallel-viewing',
    'session-superseded',
    'session-ended',
    'session-not-found',
    'courseware-not-found',
  ]) {
    expect(contract.problemKinds).toHaveProperty(code);
  }
});
