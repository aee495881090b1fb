import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startChild, temporaryFolder } from '../harness/index.ts';
import { find, type Program } from '../harness/programs.ts';

const prometheus: Program = {
  name: 'Prometheus',
  variable: 'PROMETHEUS',
  candidates: ['prometheus', '/usr/bin/prometheus', '/usr/local/bin/prometheus'],
  package: 'prometheus',
};

/** A line of a panel: its labels, and values by time in seconds. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** A real Prometheus that scrapes services each second, with the alerts of `deploy/`. */
export interface TestPrometheus {
  /** The values of an expression between two moments, in seconds since 1970. */
  range(expr: string, from: number, to: number): Promise<Series[]>;
  /** The alerts that it knows and can evaluate, with those that are firing or about to. */
  alerts(): Promise<{
    readonly sound: number;
    readonly faulty: readonly string[];
    readonly active: readonly string[];
  }>;
}

export async function startPrometheus(targets: readonly string[]): Promise<TestPrometheus> {
  const program = find(prometheus);
  if (program === null) {
    throw new Error('Prometheus is not installed: apt-get install prometheus, or set PROMETHEUS to its path');
  }
  const folder = temporaryFolder();
  const rules = join(folder, 'alerts.yml');
  cpSync(fileURLToPath(new URL('../../deploy/prometheus/alerts.yml', import.meta.url)), rules);
  const config = join(folder, 'prometheus.yml');
  const scraped = {
    job_name: 'watchledger',
    static_configs: [{ targets: targets.map((url) => new URL(url).host) }],
  };
  const global = { scrape_interval: '1s', evaluation_interval: '1s' };
  // JSON is YAML, too.
  writeFileSync(config, JSON.stringify({ global, rule_files: [rules], scrape_configs: [scraped] }));
  const address = `127.0.0.1:${await freePort()}`;
  const child = startChild(program, [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ]);
  await child.says(/Server is ready to receive web requests/, 20_000);

  async function ask<Data>(path: string, parameters: Record<string, string> = {}): Promise<Data> {
    const answer = await fetch(`http://${address}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const body = (await answer.json()) as { status: string; error?: string; data: Data };
    if (body.status !== 'success') throw new Error(`${body.error}: ${parameters.query}`);
    return body.data;
  }
  return {
    async range(query, from, to) {
      const parameters = { query, start: String(from), end: String(to), step: '1' };
      const { result } = await ask<{ result: { metric: Series['labels']; values: [number, string][] }[] }>(
        'query_range',
        parameters,
      );
      return result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map(([at, value]) => [at, Number(value)] as const),
      }));
    },
    async alerts() {
      const { groups } = await ask<{
        groups: { rules: { name: string; health: string; state: string }[] }[];
      }>('rules');
      const all = groups.flatMap((group) => group.rules);
      return {
        sound: all.filter(({ health }) => health === 'ok').length,
        faulty: all.filter(({ health }) => health !== 'ok').map(({ name }) => name),
        active: all.filter(({ state }) => state !== 'inactive').map(({ name }) => name),
      };
    },
  };
}
