import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openBrowser } from '../browser/browser.ts';
import { cleanUpAll, type Deployment, startRedis, startService } from '../harness/index.ts';
import { asSent, type Panel, readDashboard } from '../metrics/dashboard.ts';
import { type Drawn, drawPage } from './draw.ts';
import { startPrometheus, type TestPrometheus } from './prometheus.ts';
import { keepBusy } from './traffic.ts';

/**
 * `npm run dashboard`: two processes under the load of a few dozen learners, Redis away for a moment, a real
 * Prometheus; then every panel of the dashboard is drawn into one picture, `test/output/dashboard.png`.
 */
const learners = 60;
const paceMs = 2_000;
const output = fileURLToPath(new URL('../output/', import.meta.url));

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await cleanUpAll();
}

async function run(): Promise<boolean> {
  const redis = await startRedis();
  const policy = { heartbeat: `${paceMs}ms`, lock: '10s' };
  const first = await startService({ policy, env: { REDIS_URL: redis.url } });
  const shared = { REDIS_URL: redis.url, DATABASE_URL: first.databaseUrl };
  const second = await startService({ policy, env: shared });
  const site: Deployment = { urls: [first.url, second.url], token: first.token };
  const prometheus = await startPrometheus(site.urls);
  const from = Date.now() / 1_000;
  console.log(`${learners} learners watch at two processes`);
  const traffic = keepBusy(site, learners, paceMs);
  await pause(50_000);
  console.log('Redis is away for 5 s, and comes back knowing nothing');
  await redis.stop();
  await pause(5_000);
  await redis.restartEmpty();
  await pause(35_000);
  const to = Date.now() / 1_000;
  const { title, panels } = readDashboard();
  const drawn = await Promise.all(panels.map((panel) => measured(panel, prometheus, from, to)));
  const alerts = await prometheus.alerts();
  await traffic.stop();

  const picture = await takePicture(drawPage(title, drawn, [from, to]));
  const empty = drawn.filter(({ panel, lines }) => panel.type !== 'row' && lines.length === 0);
  for (const { panel } of empty) console.log(`no data: ${panel.title}`);
  console.log(
    `${alerts.sound} alerts evaluated; faulty: ${said(alerts.faulty)}; active: ${said(alerts.active)}`,
  );
  console.log(`${panels.length} panels drawn: ${picture}`);
  return empty.length === 0 && alerts.faulty.length === 0;
}

async function measured(panel: Panel, prometheus: TestPrometheus, from: number, to: number): Promise<Drawn> {
  const lines = await Promise.all(
    (panel.targets ?? []).map(async ({ expr, legendFormat }) => {
      const series = await prometheus.range(asSent(expr, '10s'), from, to);
      return series.map((each) => ({
        ...each,
        legend: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label) => each.labels[label] ?? ''),
      }));
    }),
  );
  return { panel, lines: lines.flat() };
}

async function takePicture(html: string): Promise<string> {
  mkdirSync(output, { recursive: true });
  const page = join(output, 'dashboard.html');
  const picture = join(output, 'dashboard.png');
  writeFileSync(page, html);
  await using browser = await openBrowser();
  const tab = await (await browser.newProfile('en')).newPage();
  await tab.setViewportSize({ width: 1_612, height: 1_000 });
  await tab.goto(pathToFileURL(page).href);
  await tab.screenshot({ path: picture, fullPage: true });
  return picture;
}

function said(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
