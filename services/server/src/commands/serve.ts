import type { Logger } from 'pino';
import { readConfiguration } from '../configuration/configuration.ts';
import { createLog } from '../log.ts';
import { type Service, startService } from '../service.ts';
import { command } from './command.ts';

/** Runs the service until it is asked to stop. */
export const serve = command({
  word: '',
  usage: `\
  npm start                         run the service
  npm start -- --adopt-policy       run it with a policy that differs from the stored one`,
  options: { 'adopt-policy': { type: 'boolean' } },
  async run({ 'adopt-policy': adoptPolicy = false }, environment) {
    const configuration = readConfiguration(environment);
    const log = createLog(configuration);
    const service = await startService(configuration, { adoptPolicy, log });
    stopWhenAsked(service, log);
    if (service.links.length > 0) process.stdout.write(invitation(service.links));
    log.info(`listening on ${service.origin}`);
  },
});

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

function invitation(links: Service['links']): string {
  const lines = links.map(({ title, url }) => `  ${title.padEnd(16)} ${url}\n`);
  return `\nOpen in a browser (each link works once, within an hour):\n${lines.join('')}\n`;
}
