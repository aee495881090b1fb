import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createApi, createMeters, createTokenVerifier, type TokenTrust } from '@watchledger/api';
import { Problem } from '@watchledger/contract';
import { createHmacSigner, createOneTimeCodes, createPages, type MintToken } from '@watchledger/pages';
import { createCalendar, createDayWindows, instant, milliseconds } from '@watchledger/rules';
import { adoptPolicy, createPolicyInForce, createStandings } from '@watchledger/usecases';
import type { Logger } from 'pino';
import { Closing } from './closing.ts';
import type { Configuration } from './configuration/configuration.ts';
import { putDemoCourseware } from './demo-courseware.ts';
import { listen, type Patience } from './http-server.ts';
import { openLedger } from './ledger.ts';
import { demoLinks, type Link } from './links.ts';
import { openLock } from './lock.ts';
import { openObservability } from './observability/observability.ts';
import { meterProcess } from './observability/process-meters.ts';
import { routeOf } from './observability/route-of.ts';
import { everySoOften } from './outage-log.ts';
import { readPolicyFile } from './policy-file.ts';
import { readiness, remembered } from './readiness.ts';
import { type SigningInForce, signingInForce } from './secret.ts';
import { signToken } from './token.ts';
import { bindUseCases } from './use-cases.ts';
import { version } from './version.ts';

/** The running product. */
export interface Service {
  readonly origin: string;
  /** Ready-to-open pages, in development only. */
  readonly links: readonly Link[];
  /** Finishes and commits what is under way, refuses the rest, and closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly adoptPolicy: boolean;
  readonly log: Logger;
}

/** Takes the port, opens every part and puts them together. A start that fails leaves nothing open. */
export async function startService(configuration: Configuration, options: StartOptions): Promise<Service> {
  const closing = new Closing();
  try {
    return await open(configuration, options, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

const wallClock = () => instant(Date.now());
const codeLifetime = milliseconds(3_600_000);
/** Well within the time after which the stop is forced. */
const patience: Patience = { notice: 1_000, requests: 1_000, answers: 4_000 };

async function open(configuration: Configuration, options: StartOptions, closing: Closing): Promise<Service> {
  const { production, redisUrl, corsOrigins, host, port } = configuration;
  const { adoptPolicy: adopt, log } = options;
  const policy = readPolicyFile(configuration.policyFile);
  const calendar = createCalendar(policy.timeZone);
  const { lock: lockTime, release, maxCatchUp, slack } = policy;
  const terms = { lock: lockTime, release, maxCatchUp, slack };

  // The port first: a start that cannot have it must not have adopted a policy, or made a database.
  const server = await listen({ host, port, corsOrigins });
  closing.add(() => server.cut());
  const warn = everySoOften((fields: { readonly err: unknown }, message) => log.warn(fields, message));
  const observability = await openObservability({ configuration, version, lockTime, onTrouble: warn });
  closing.add(() => observability.close());
  const { onCommit } = observability;
  const ledger = observability.ledger(await openLedger({ configuration, calendar, log, onCommit }, closing));
  const { viewing, courseware, credits, policies } = ledger;
  const lock = observability.lock(await openLock({ redisUrl, calendar, terms, log }, closing));
  const now = wallClock;
  const policyInForce = createPolicyInForce({ policies, courseware, policy });
  let clockDifferenceMs: number | null = null;
  const ready = remembered(() =>
    readiness({
      database: ledger.probe,
      policyInForce: async () => policyInForce.demand(),
      lockTime: () => lock.now(),
      newestReportAt: () => viewing.newestReportAt(),
      wanted: [...ledger.wanted, ...observability.wanted],
      wallClock: Date.now,
      onFailure: warn,
      onClockDifference: (ms) => {
        clockDifferenceMs = ms;
      },
    }),
  );
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
      standings: createStandings({ calendar, policy, credits, courseware }),
    },
    credits: { credits, policy, policyInForce, calendar, now, lockTime: () => lock.now() },
    courseware: { courseware, now },
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
  const verifyToken = createTokenVerifier(trustOf(signing, configuration), Date.now);
  const app = createApi({
    useCases,
    verifyToken,
    meters: createMeters(registry),
    corsOrigins,
    log: { error: (fields, message) => log.error(fields, message), warn },
  });
  const codes = createOneTimeCodes({ clock: wallClock, ttl: codeLifetime });
  app.route(
    '/',
    createPages({
      policy,
      codes,
      mintToken: tokenMint(signing, configuration),
      signer: createHmacSigner(signing.by === 'secret' ? signing.secret : randomBytes(32)),
      clock: wallClock,
      sdkDir: fileURLToPath(new URL('../../../sdk/dist', import.meta.url)),
      demo: !production,
      secureCookies: production,
    }),
  );

  // Last of all, when nothing else can fail.
  const adopted = await adoptPolicy({ policies, now }, { policy, adopt, actor: 'start-up' });
  if (adopted) log.info('the policy of this start came into force');
  if (!production) await putDemoCourseware(courseware, now);
  server.serve(observability.requests(app.fetch, routeOf(app)));
  closing.add(() => server.drain(production ? patience : { ...patience, notice: 0 }));
  return {
    origin: server.origin,
    links: production || signing.by === 'issuer' ? [] : demoLinks(server.origin, codes),
    stop: () => closing.run(),
  };
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
