import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { health, readiness } from '../../services/api/src/operations/operations.ts';
import { readPolicyFile } from '../../services/server/src/policy-file.ts';
import { StartFault } from '../../services/server/src/start-fault.ts';
import { forcedAfterMs } from '../../services/server/src/stopping.ts';
import { temporaryFolder } from '../harness/index.ts';
import { faultsIn, readManifests } from './kubernetes/manifests.ts';
import { configured, imageSettings, version } from './settings/settings.ts';

/** What these tests look at of the manifests; that all of it is right is said by Kubernetes' own models. */
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container];
  readonly volumes: readonly {
    readonly configMap: { readonly name: string; readonly items: readonly { key: string; path: string }[] };
  }[];
}
interface Container {
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly {
    readonly name: string;
    readonly valueFrom: Readonly<
      Record<'secretKeyRef' | 'configMapKeyRef', { readonly name: string; readonly key: string } | undefined>
    >;
  }[];
  readonly volumeMounts: readonly { readonly mountPath: string }[];
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

const manifests = readManifests();
// biome-ignore lint/suspicious/noExplicitAny: whatever the file has; the first test holds it against the models.
const file = (name: string): any => manifests[name];
const pod: Pod = file('deployment.yaml').spec.template.spec;
const [container] = pod.containers;
const placeholders: Record<string, string> = file('secret.yaml.example').stringData;
const settings: Record<string, string> = file('settings.yaml').data;

/** What the process in the pod is told, with these values for the secrets. */
function told(secrets: Readonly<Record<string, string>>): Record<string, string> {
  const entries = container.env.map(({ name, valueFrom }) => {
    const { secretKeyRef, configMapKeyRef } = valueFrom;
    const value =
      secretKeyRef === undefined ? settings[configMapKeyRef?.key ?? ''] : secrets[secretKeyRef.key];
    if (value === undefined) throw new Error(`${name} comes from nowhere`);
    return [name, value];
  });
  return { ...imageSettings(), ...Object.fromEntries(entries) };
}

test.each(Object.entries(manifests))(
  '%s is one that Kubernetes takes, with nothing in it that it would overlook',
  (_, manifest) => {
    expect(faultsIn(manifest)).toEqual([]);
  },
);

test('what is misspelt in a manifest would be found', () => {
  const wrong = structuredClone(file('deployment.yaml'));
  wrong.spec.replicass = 3;
  wrong.spec.template.spec.containers[0].ports[0].containerPort = '8787';
  expect(faultsIn(wrong)).toEqual([
    expect.stringContaining('containerPort'),
    '/spec/replicass means nothing',
  ]);
});

test('with its placeholders no process starts, and each of them is named', () => {
  const start = () => configured(told(placeholders));
  expect(start).toThrow(StartFault);
  for (const name of Object.keys(placeholders)) expect(start).toThrow(name);
});

test('with the secrets filled in the service knows all that it is told', () => {
  const secrets = {
    DATABASE_URL: 'postgres://watchledger:secret@db.example.org:5432/watchledger',
    REDIS_URL: 'rediss://watchledger:secret@redis.example.org:6379',
    AUTH_SECRET: 'made by openssl rand -base64 32 for this test',
  };
  expect(configured(told(secrets))).toMatchObject({
    production: true,
    host: '0.0.0.0',
    port: container.ports[0]?.containerPort,
    corsOrigins: ['https://learn.example.org'],
  });
});

test('the policy file is where the service looks for it, and is a policy', () => {
  const [volume] = pod.volumes;
  const [mount] = container.volumeMounts;
  const [item] = volume?.configMap.items ?? [];
  expect(`${mount?.mountPath}/${item?.path}`).toBe(settings.POLICY_FILE);
  const policyFile = join(temporaryFolder(), 'policy.json');
  writeFileSync(policyFile, settings[item?.key ?? ''] ?? '');
  expect(readPolicyFile(policyFile).timeZone).toBe('Asia/Shanghai');
});

test('probes ask what the service answers: the process whether it lives, balancers whether it is ready', () => {
  const asks = ({ httpGet }: Probe) => [httpGet.path, httpGet.port];
  expect(asks(container.startupProbe)).toEqual([health.path, 'http']);
  expect(asks(container.livenessProbe)).toEqual([health.path, 'http']);
  expect(asks(container.readinessProbe)).toEqual([readiness.path, 'http']);
});

test('a pod that goes is waited for longer than its stop can take', () => {
  const { seconds } = container.lifecycle.preStop.sleep;
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(seconds + forcedAfterMs / 1_000);
});

test('all of it is about the same pods, image and port', () => {
  const { labels } = file('deployment.yaml').spec.template.metadata;
  expect(file('deployment.yaml').spec.selector.matchLabels).toEqual(labels);
  expect(file('service.yaml').spec.selector).toEqual(labels);
  expect(file('disruption-budget.yaml').spec.selector.matchLabels).toEqual(labels);
  expect(file('optional/network-policy.yaml').spec.podSelector.matchLabels).toEqual(labels);
  expect(file('optional/autoscaler.yaml').spec.scaleTargetRef.name).toBe(
    file('deployment.yaml').metadata.name,
  );
  expect(file('service.yaml').spec.ports[0].targetPort).toBe(container.ports[0]?.name);
  expect(file('disruption-budget.yaml').spec.minAvailable).toBeLessThan(
    file('deployment.yaml').spec.replicas,
  );
  expect(container.image).toBe(`watchledger:${version()}`);
});
