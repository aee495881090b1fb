import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createApi, createMeters, createTokenVerifier, type TokenTrust } from '@watchledger/api';
import { Problem } from '@watchledger/contract';
import { createHmacSigner, createOneTimeCodes, createPages, type MintToken } from '@watchledger/pages';
import { createCalendar, createDayWindows, instant, milliseconds } from '@watchledger/rules';
import { adoptPolicy, createStandings } from '@watchledger/usecases';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Closing } from './closing.ts';
import type { Configuration } from './configuration.ts';
import { putDemoCourseware } from './demo-courseware.ts';
import { listen } from './http-server.ts';
import { openLedger } from './ledger.ts';
import { demoLinks, type Link } from './links.ts';
import { openLock } from './lock.ts';
import { readPolicyFile } from './policy-file.ts';
import { readiness } from './readiness.ts';
import { type SigningInForce, signingInForce } from './secret.ts';
import { signToken } from './token.ts';
import { bindUseCases } from './use-cases.ts';

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

/** Opens every part, puts them together and listens. A start that fails leaves nothing open. */
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
/** How long a stopping process says so, for balancers and clients that look only now and then. */
const noticeMs = { production: 1_000, development: 0 };

async function open(configuration: Configuration, options: StartOptions, closing: Closing): Promise<Service> {
  const { production, databaseFile, redisUrl, corsOrigins, host, port } = configuration;
  const { adoptPolicy: adopt, log } = options;
  const policy = readPolicyFile(configuration.policyFile);
  const calendar = createCalendar(policy.timeZone);
  const { lock: lockTime, release, maxCatchUp, slack } = policy;
  const terms = { lock: lockTime, release, maxCatchUp, slack };

  const mode = redisUrl === null ? 'alone' : 'shared';
  const ledger = openLedger({ file: databaseFile, mode, calendar }, closing);
  const { viewing, courseware, credits, policies } = ledger;
  const lock = await openLock({ redisUrl, calendar, terms, log }, closing);
  const now = wallClock;
  const adopted = await adoptPolicy({ policies, now }, { policy, adopt, actor: 'start-up' });
  if (!production) await putDemoCourseware(courseware, now);

  const useCases = bindUseCases({
    viewing: {
      policy,
      terms,
      calendar,
      daysAround: createDayWindows(calendar),
      lock,
      viewing,
      courseware,
      credits,
      standings: createStandings({ calendar, policy, credits, courseware }),
    },
    credits: { credits, policy, calendar, now },
    courseware: { courseware, now },
    ready: () => readiness({ database: ledger.probe, lockTime: () => lock.now(), wallClock: Date.now }),
  });

  const signing = signingInForce(configuration);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const verifyToken = createTokenVerifier(trustOf(signing, configuration), Date.now);
  const app = createApi({ useCases, verifyToken, meters: createMeters(registry), corsOrigins, log });
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
      secureCookies: production,
    }),
  );

  const server = await listen({ fetch: app.fetch, host, port, corsOrigins });
  closing.add(() => server.drain(production ? noticeMs.production : noticeMs.development));
  if (adopted) log.info('the policy of this start came into force');
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
