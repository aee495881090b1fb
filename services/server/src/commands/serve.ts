import { Closing } from '../closing.ts';
import { type Configuration, readConfiguration } from '../configuration/configuration.ts';
import type { Link } from '../links.ts';
import { createLog } from '../log.ts';
import { startService } from '../service.ts';
import { stopOnce } from '../stopping.ts';
import { createMachine } from '../workers/machine.ts';
import { isWorker, work } from '../workers/worker.ts';
import { command } from './command.ts';

/** Runs the service until it is asked to stop. */
export const serve = command({
  word: '',
  usage: `\
  npm start                         run the service
  npm start -- --adopt-policy       run it with a policy that differs from the stored one
  npm start -- --workers <n>        run it as so many processes at one port; auto: one for each core`,
  options: { 'adopt-policy': { type: 'boolean' }, workers: { type: 'string' } },
  async run({ 'adopt-policy': adoptPolicy = false, workers }, environment) {
    const configuration = readConfiguration(
      workers === undefined ? environment : { ...environment, WORKERS: workers },
    );
    if (isWorker()) return work(configuration);
    if (configuration.workers > 1) return serveByWorkers(configuration, adoptPolicy);
    return serveAlone(configuration, adoptPolicy);
  },
});

async function serveAlone(configuration: Configuration, adoptPolicy: boolean): Promise<void> {
  const log = createLog(configuration);
  const closing = new Closing();
  // From the first moment on: as process 1 of a container it would not even hear a signal that nobody awaits.
  const stop = stopOnce({ log, stop: () => closing.run() });
  stopOnSignals(stop);
  // Workers would be replaced: one process alone stops, and systemd starts it again.
  process.on('SIGHUP', stop);
  const service = await stop.unless(startService(configuration, { adoptPolicy, log, closing }));
  invite(service.links);
  log.info(`listening on ${service.origin}`);
}

/** Beyond the time that each worker takes at most. */
export const workersStopWithinMs = 12_000;

async function serveByWorkers(configuration: Configuration, adoptPolicy: boolean): Promise<void> {
  const log = createLog(configuration);
  const machine = createMachine(configuration, log);
  const { stop, force } = machine;
  const stopping = stopOnce({ log, stop, force, withinMs: workersStopWithinMs });
  stopOnSignals(stopping);
  const { origin, links } = await stopping.unless(machine.start({ adoptPolicy }));
  invite(links);
  log.info(`listening on ${origin} with ${configuration.workers} workers`);
}

function stopOnSignals(stop: (signal: NodeJS.Signals) => void): void {
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function invite(links: readonly Link[]): void {
  if (links.length === 0) return;
  const lines = links.map(({ title, url }) => `  ${title.padEnd(16)} ${url}\n`);
  process.stdout.write(`\nOpen in a browser (each link works once, within an hour):\n${lines.join('')}\n`);
}
