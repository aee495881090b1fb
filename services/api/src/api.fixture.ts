import type { Problem, Session } from '@watchledger/contract';
import { SignJWT } from 'jose';
import { Registry } from 'prom-client';
import { createTokenVerifier } from './access/token-verifier.ts';
import { createApi } from './create-api.ts';
import type {
  CoursewareUseCases,
  CreditsUseCases,
  OfficeUseCases,
  OperationsUseCases,
  ViewingUseCases,
} from './deps.ts';
import { createMeters } from './operations/meters.ts';

export const secret = 'a secret that only the tests of the api know';
export const now = Date.parse('2026-03-01T01:00:00Z');
export const origin = 'https://learn.example.org';
export const sessionId = '01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11';

/** A token of the host site, good for an hour. */
export const tokenWith = (claims: Record<string, unknown>, key: string = secret): Promise<string> =>
  new SignJWT({ sub: 'u-17', exp: now / 1000 + 3600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(key));

export const bearer = async (claims: Record<string, unknown>): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await tokenWith(claims)}`,
});

interface Fakes {
  readonly viewing?: Partial<ViewingUseCases>;
  readonly credits?: Partial<CreditsUseCases>;
  readonly courseware?: Partial<CoursewareUseCases>;
  readonly office?: Partial<OfficeUseCases>;
  readonly operations?: Partial<OperationsUseCases>;
}

/** The API over fakes; a use-case that a test did not give refuses to be called. */
export function apiOver(fakes: Fakes = {}) {
  const faults: unknown[] = [];
  const warnings: unknown[] = [];
  const errorLines: object[] = [];
  const meters = createMeters(new Registry());
  const app = createApi({
    useCases: {
      viewing: { ...uncalledViewing, ...fakes.viewing },
      credits: { ...uncalledCredits, ...fakes.credits },
      courseware: { ...uncalledCourseware, ...fakes.courseware },
      office: uncalledBut(fakes.office),
      operations: { ready: uncalled, ...fakes.operations },
    },
    verifyToken: createTokenVerifier({ secret }, () => now),
    meters,
    corsOrigins: [origin],
    log: {
      error: (fields) => {
        faults.push(fields.err);
        errorLines.push(fields);
      },
      warn: ({ err }, message) => warnings.push([message, err]),
    },
  });
  const send = (
    method: string,
    path: string,
    message: { body?: unknown; headers?: Record<string, string> } = {},
  ) =>
    app.request(path, {
      method,
      headers: {
        ...(message.body !== undefined && { 'content-type': 'application/json' }),
        ...message.headers,
      },
      ...(message.body !== undefined && {
        body: typeof message.body === 'string' ? message.body : JSON.stringify(message.body),
      }),
    });
  return { app, send, faults, errorLines, warnings, meters };
}

const uncalled = (): never => {
  throw new Error('This use-case was not to be called.');
};
/** Use-cases of which a test gave some; the others refuse to be called. */
const uncalledBut = (given: Partial<OfficeUseCases> = {}): OfficeUseCases =>
  new Proxy(given, { get: (known, name) => Reflect.get(known, name) ?? uncalled }) as OfficeUseCases;

const uncalledViewing: ViewingUseCases = {
  openSession: uncalled,
  heartbeat: uncalled,
  endSession: uncalled,
  endSessionByToken: uncalled,
  endSessionAsAdmin: uncalled,
  activeSessions: uncalled,
  currentSession: uncalled,
};
const uncalledCredits: CreditsUseCases = {
  learnerCredits: uncalled,
  pageOfCredits: uncalled,
  streamCredits: uncalled,
  learnerSessions: uncalled,
  sessionTimeline: uncalled,
};
const uncalledCourseware: CoursewareUseCases = {
  putCourseware: uncalled,
  patchCourseware: uncalled,
  getCourseware: uncalled,
  deleteCourseware: uncalled,
  listCourseware: uncalled,
  coursewareChanges: uncalled,
  importCourseware: uncalled,
};

export const aSession: Session = {
  sessionId,
  learnerId: 'u-17',
  coursewareId: 'cw-1',
  state: 'active',
  openedAt: '2026-03-01T01:00:00Z',
  lastSeenAt: '2026-03-01T01:01:01Z',
  expiresAt: '2026-03-01T01:02:31Z',
  serverTime: '2026-03-01T01:01:01Z',
  heartbeatMs: 20_000,
  lockMs: 90_000,
  watchedMs: 61_000,
  crediting: true,
  reason: null,
  courseware: {
    title: 'Anatomy',
    kind: 'video',
    limitSeconds: 7200,
    creditedSeconds: 61,
    remainingSeconds: 7139,
  },
  online: { year: 2026, capSeconds: 180_000, creditedSeconds: 61, remainingSeconds: 179_939 },
};

/** What a problem answer says, checked to be a whole problem document. */
export async function problemOf(response: Response) {
  const problem = await response.json();
  if (
    response.headers.get('content-type') !== 'application/problem+json' ||
    problem.status !== response.status
  ) {
    throw new Error(`Not a problem document: ${JSON.stringify(problem)}`);
  }
  return problem;
}

export const refusing = (problem: Problem) => async (): Promise<never> => {
  throw problem;
};
