import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../harness/index.ts';
import { readAlerts } from '../metrics/dashboard.ts';

const alerts = readAlerts();
const rules = fileURLToPath(new URL('../../deploy/prometheus/alerts.yml', import.meta.url));
/** Comes with Prometheus, which tests that count on it may find on a machine, and need not. */
const promtool = '/usr/bin/promtool';

/** Series of a process by name, a value each minute; `_` is a scrape that found nothing. */
type Scrapes = Readonly<Record<string, string>>;

/** The alerts that fire for whom after so many minutes, as Prometheus itself says. */
function firing(scrapes: Scrapes, minutes: number, expected: Readonly<Record<string, readonly string[]>>) {
  const file = join(temporaryFolder(), 'alerts.test.json');
  const checked = alerts.map(({ alert, labels, annotations }) => ({
    alertname: alert,
    eval_time: `${minutes}m`,
    exp_alerts: (expected[alert] ?? []).map((instance) => ({
      exp_labels: { ...labels, instance, job: 'hours' },
      exp_annotations: Object.fromEntries(
        Object.entries(annotations).map(([name, text]) => [
          name,
          text.replace('{{ $labels.instance }}', instance),
        ]),
      ),
    })),
  }));
  const input_series = Object.entries(scrapes).map(([series, values]) => ({ series, values }));
  const tests = [{ interval: '1m', input_series, alert_rule_test: checked }];
  writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: '1m', tests }));
  const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], { encoding: 'utf8' });
  return { status, said: status === 0 ? '' : stdout + stderr };
}

const sound = { status: 0, said: '' };
const of = (name: string, instance: string) => `${name}{job="hours", instance="${instance}"}`;

test.skipIf(!existsSync(promtool))('one dead process of three is told, and no stranger that is dead', () => {
  const scrapes = {
    [of('watchledger_ready', 'a')]: '1x20',
    [of('watchledger_ready', 'b')]: '1x20',
    [of('watchledger_ready', 'c')]: '1x5 _x15',
    [of('up', 'a')]: '1x20',
    [of('up', 'b')]: '1x20',
    [of('up', 'c')]: '1x5 0x15',
    [of('up', 'of another program')]: '0x20',
  };
  expect(firing(scrapes, 5, {})).toEqual(sound);
  expect(firing(scrapes, 15, { WatchLedgerProcessAway: ['c'] })).toEqual(sound);
});

test.skipIf(!existsSync(promtool))('so is a process that cannot count', () => {
  const scrapes = {
    [of('watchledger_ready', 'a')]: '1x5 0x15',
    [of('up', 'a')]: '1x20',
  };
  expect(firing(scrapes, 5, {})).toEqual(sound);
  expect(firing(scrapes, 15, { WatchLedgerDown: ['a'] })).toEqual(sound);
});

test('alerts have names of their own, and say what is wrong', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, annotations } of alerts) expect(annotations.summary, alert).toMatch(/.{10}/);
});
