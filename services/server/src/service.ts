import { fileURLToPath } from 'node:url';
import { createApi, createMeters, createTokenVerifier, type TokenTrust } from '@watchledger/api';
import { Problem, type Readiness } from '@watchledger/contract';
import {
  type CodeDesk,
  createHmacSigner,
  createOneTimeCodes,
  createPages,
  type MintToken,
  type OneTimeCodes,
} from '@watchledger/pages';
import { createCalendar, createDayWindows, instant, type LearnerId, milliseconds } from '@watchledger/rules';
import {
  adoptPolicy,
  createPolicyInForce,
  createRemembered,
  createStandings,
  type Survey,
} from '@watchledger/usecases';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { Closing } from './closing.ts';
import type { Configuration } from './configuration/configuration.ts';
import { putDemoCourseware } from './demo-courseware.ts';
import { openEvidence } from './evidence/open-evidence.ts';
import { listen, type Patience } from './http-server.ts';
import { createInsideCalls } from './inside-calls.ts';
import { openLedger } from './ledger.ts';
import { demoLinks, type Link } from './links.ts';
import { openLock } from './lock.ts';
import { openObservability } from './observability/observability.ts';
import { meterProcess } from './observability/process-meters.ts';
import { routeOf } from './observability/route-of.ts';
import { everySoOften, outageFields } from './outage-log.ts';
import { peopleSignIn } from './people-sign-in.ts';
import { readPolicyFile } from './policy-file.ts';
import { readiness, remembered } from './readiness.ts';
import { type SigningInForce, signInSecret, signingInForce } from './secret.ts';
import { signToken } from './token.ts';
import { untilReady } from './until-ready.ts';
import { bindUseCases } from './use-cases.ts';
import { version } from './version.ts';

/** The running product. */
export interface Service {
  readonly origin: string;
  /** Ready-to-open pages, in development only. */
  readonly links: readonly Link[];
  ready(): Promise<Readiness>;
  /**
   * Finishes and commits what is under way, refuses the rest, and closes everything. A replaced process refuses
   * nothing: others take what is new.
   */
  stop(why?: 'stopping' | 'replaced'): Promise<void>;
}

export interface StartOptions {
  readonly adoptPolicy: boolean;
  readonly log: Logger;
  /** Where what is opened is to be closed; run while it starts, it breaks the start off. */
  readonly closing?: Closing;
  /** Given to a worker by the process that started it. */
  readonly shared?: SharedParts;
}

/** What is not a worker's own. */
export interface SharedParts {
  /** The port is served by others already, and joined last of all, once this process is ready. */
  readonly portIsServed: boolean;
  readonly codes: CodeDesk;
  /** Where figures are kept; asked for its metrics, it gives those of all workers. */
  readonly registry: Registry;
}

/** Takes the port, opens every part and puts them together. A start that fails leaves nothing open. */
export async function startService(configuration: Configuration, options: StartOptions): Promise<Service> {
  const { closing = new Closing() } = options;
  try {
    return await open(configuration, options, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

const wallClock = () => instant(Date.now());
/** Beyond so many requests at once a process promises nothing more: about half a second of them at full load. */
const maxRequests = 5_000;
/** Well within the time after which the stop is forced. */
const patience: Patience = { notice: 1_000, requests: 1_000, answers: 4_000 };

async function open(configuration: Configuration, options: StartOptions, closing: Closing): Promise<Service> {
  const { production, publicUrl, redis, corsOrigins, host, port, maxConnections } = configuration;
  const { adoptPolicy: adopt, log, shared } = options;
  const policy = readPolicyFile(configuration.policyFile);
  const calendar = createCalendar(policy.timeZone);
  const { lock: lockTime, release, maxCatchUp, slack } = policy;
  const terms = { lock: lockTime, release, maxCatchUp, slack };

  // The port first: a start that cannot have it must not have adopted a policy, or made a database.
  const late = shared?.portIsServed ?? false;
  const server = await listen({ host, port, corsOrigins, late, maxConnections, maxRequests });
  closing.add(() => server.cut());
  const warn = everySoOften((fields: { readonly err: unknown }, message) =>
    log.warn(outageFields(fields), message),
  );
  const observability = await openObservability({
    configuration,
    registry: shared?.registry ?? new Registry(),
    version,
    lockTime,
    onTrouble: warn,
  });
  closing.add(() => observability.close());
  const { onCommit } = observability;
  const ledger = observability.ledger(await openLedger({ configuration, calendar, log, onCommit }, closing));
  const { viewing, courseware, credits, coverage, policies, office } = ledger;
  const lock = observability.lock(await openLock({ redis, calendar, terms, log }, closing));
  const now = wallClock;
  const policyInForce = createPolicyInForce({ policies, courseware, policy });
  let clockDifferenceMs: number | null = null;
  const ready = remembered(() =>
    readiness({
      database: ledger.probe,
      policyInForce: async () => policyInForce.demand(),
      lockHealth: () => lock.health(),
      newestReportAt: () => viewing.newestReportAt(),
      wanted: [...ledger.wanted, ...observability.wanted],
      wallClock: Date.now,
      onFailure: warn,
      onClockDifference: (ms) => {
        clockDifferenceMs = ms;
      },
    }),
  );
  const creditsContext = {
    credits,
    viewing,
    people: office.people,
    policy,
    policyInForce,
    calendar,
    now,
    lockTime: (learnerId: LearnerId) => lock.now(learnerId),
  };
  const officeContext = {
    ...creditsContext,
    ...office,
    courseware,
    evidenceStore: openEvidence(configuration),
    surveys: createRemembered<number, Survey>(),
  };
  const useCases = bindUseCases({
    viewing: {
      policy,
      policyInForce,
      terms,
      daysAround: createDayWindows(calendar),
      lock,
      viewing,
      courseware,
      credits,
      coverage,
      people: office.people,
      supervision: office.supervision,
      now,
      standings: createStandings({ calendar, policy, credits, courseware }),
    },
    credits: creditsContext,
    courseware: { courseware, now },
    office: officeContext,
    exports: { ...officeContext, ...ledger.officeForExports },
    ready,
  });

  const signing = signingInForce(configuration);
  const { registry } = observability;
  meterProcess(registry, {
    version,
    underWay: () => server.underWay,
    ready,
    clockDifferenceMs: () => clockDifferenceMs,
  });
  const verifyOthers = createTokenVerifier(trustOf(signing, configuration), Date.now);
  const { askAs, verifyToken } = createInsideCalls(verifyOthers, () => app);
  const app = createApi({
    useCases,
    verifyToken,
    meters: createMeters(registry),
    corsOrigins,
    log: { error: (fields, message) => log.error(fields, message), warn },
  });
  const codes = createCodes();
  const signInAt = peopleSignIn(configuration, server.origin, (reason) =>
    log.warn({ reason }, 'somebody may not be able to sign in'),
  );
  app.route(
    '/',
    createPages({
      policy,
      calendar,
      codes: shared?.codes ?? codes,
      mintToken: tokenMint(signing, configuration),
      provider: signInAt,
      signer: createHmacSigner(signInSecret(configuration, signing)),
      clock: wallClock,
      askAs,
      ready,
      onFault: (err, path) => log.error({ err, method: 'GET or POST', path }, 'a page could not be made'),
      baseDir: fileURLToPath(new URL('../../pages/base', import.meta.url)),
      sdkDir: fileURLToPath(new URL('../../../sdk/dist', import.meta.url)),
      playersDir: fileURLToPath(new URL('../../pages/players', import.meta.url)),
      demo: !production,
      secureCookies: publicUrl === null ? production : publicUrl.startsWith('https:'),
    }),
  );

  // Last of all, when nothing else can fail.
  const adopted = await adoptPolicy({ policies, now }, { policy, adopt, actor: 'start-up' });
  if (adopted) log.info('the policy of this start came into force');
  if (!production) await putDemoCourseware(courseware, now);
  if (late) await untilReady(ready);
  // Not waited for: only the first to sign in would.
  void signInAt?.provider.reachable();
  await server.serve(observability.requests(app.fetch, routeOf(app)));
  let replaced = false;
  closing.add(() => {
    if (replaced) return server.handOver(patience);
    return server.drain(production ? patience : { ...patience, notice: 0 });
  });
  return {
    origin: server.origin,
    links: shared === undefined ? linksInto(server.origin, configuration, codes) : [],
    ready,
    stop(why) {
      replaced = why === 'replaced';
      return closing.run();
    },
  };
}

/** Codes of the ready-to-open links: valid within an hour. */
export function createCodes(): OneTimeCodes {
  return createOneTimeCodes({ clock: wallClock, ttl: milliseconds(3_600_000) });
}

/** Ready-to-open links, where the service may let people in by itself. */
export function linksInto(
  origin: string,
  { production, signing }: Pick<Configuration, 'production' | 'signing'>,
  codes: OneTimeCodes,
): readonly Link[] {
  return production || signing.by === 'issuer' ? [] : demoLinks(origin, codes);
}

function trustOf(signing: SigningInForce, { issuer, audience }: Configuration): TokenTrust {
  const expected = { issuer: issuer ?? undefined, audience: audience ?? undefined };
  return signing.by === 'secret'
    ? { secret: signing.secret, ...expected }
    : { jwksUrl: signing.jwksUrl, ...expected };
}

/** Short tokens for pages of our own; where another issuer signs, it alone can make tokens. */
function tokenMint(signing: SigningInForce, { issuer, audience }: Configuration): MintToken {
  return ({ ttlSeconds, ...claims }) => {
    if (signing.by === 'issuer')
      throw new Problem('forbidden', 'Tokens come from the configured issuer alone.');
    const ttl = milliseconds(ttlSeconds * 1_000);
    return signToken(claims, { secret: signing.secret, issuer, audience }, { now: wallClock(), ttl });
  };
}
