import { instant } from '@watchledger/rules';
import type { Logger } from 'pino';
import { help, readCommand, type TokenOptions } from './command-line.ts';
import { type Configuration, readConfiguration } from './configuration/configuration.ts';
import { createLog } from './log.ts';
import { signingInForce } from './secret.ts';
import { type Service, startService } from './service.ts';
import { StartFault, startFaultOf } from './start-fault.ts';
import { readTokenOptions, signToken } from './token.ts';
import { version } from './version.ts';

/** Does what the command line asks; a start that fails says why on stderr and exits with 1. */
export async function main(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  try {
    const command = readCommand(args);
    if (command.name === 'help') return print(help);
    if (command.name === 'version') return print(`${version}\n`);
    const configuration = readConfiguration(environment);
    if (command.name === 'token') return print(`${await token(configuration, command.options)}\n`);
    await serve(configuration, command.adoptPolicy);
  } catch (error) {
    for (const line of startFaultOf(error).lines) process.stderr.write(`watchledger: ${line}\n`);
    process.exit(1);
  }
}

async function serve(configuration: Configuration, adoptPolicy: boolean): Promise<void> {
  const log = createLog(configuration);
  const service = await startService(configuration, { adoptPolicy, log });
  stopWhenAsked(service, log);
  if (service.links.length > 0) print(invitation(service.links));
  log.info(`listening on ${service.origin}`);
}

const forcedAfterMs = 10_000;
/** Ctrl-C reaches the service from the terminal and once more through npm: that is one request, not two. */
const sameRequestMs = 1_000;

function stopWhenAsked(service: Service, log: Logger): void {
  let askedAt: number | null = null;
  const force = (why: string): never => {
    log.error(`stopped by force: ${why}`);
    process.exit(1);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (askedAt !== null) {
      if (now - askedAt > sameRequestMs) force(`a second ${signal}`);
      return;
    }
    askedAt = now;
    log.info(`${signal}: finishing what is under way`);
    setTimeout(() => force(`not finished within ${forcedAfterMs} ms`), forcedAfterMs).unref();
    service.stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function token(configuration: Configuration, options: TokenOptions): Promise<string> {
  const { claims, ttl } = readTokenOptions(options);
  const signing = signingInForce(configuration);
  if (signing.by === 'issuer') throw new StartFault('AUTH_JWKS_URL is set: ask that issuer for tokens');
  const { issuer, audience } = configuration;
  return signToken(claims, { secret: signing.secret, issuer, audience }, { now: instant(Date.now()), ttl });
}

function invitation(links: Service['links']): string {
  const lines = links.map(({ title, url }) => `  ${title.padEnd(16)} ${url}\n`);
  return `\nOpen in a browser (each link works once, within an hour):\n${lines.join('')}\n`;
}

function print(text: string): void {
  process.stdout.write(text);
}
