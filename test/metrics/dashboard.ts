import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description?: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string; readonly max?: number } };
}

export interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');

/** The dashboard as it is given to Grafana. */
export function readDashboard(): Dashboard {
  return JSON.parse(read('grafana/watchledger.json'));
}

/** The alerts as they are given to Prometheus. */
export function readAlerts(): Alert[] {
  return parse(read('prometheus/alerts.yml')).groups.flatMap(({ rules }: { rules: Alert[] }) => rules);
}

/** A query as Grafana would send it: for every process, rates over this time. */
export function asSent(expr: string, rateInterval = '1m'): string {
  return expr.replaceAll('$__rate_interval', rateInterval).replaceAll('$instance', '.*');
}
