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
    readonly name: string;
    readonly configMap?: { readonly name: string };
  }[];
}
interface Container {
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly envFrom: readonly Readonly<
    Partial<Record<'configMapRef' | 'secretRef', { readonly name: string; readonly optional?: boolean }>>
  >[];
  readonly env: readonly {
    readonly name: string;
    readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
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

/** What the process in the pod is told, with these values for the secrets. Throws as a pod that is not started. */
function told(secrets: Readonly<Record<string, string>>): Record<string, string> {
  const from = { configMapRef: settings, secretRef: secrets };
  const wholesale = container.envFrom.flatMap((source) =>
    (['configMapRef', 'secretRef'] as const).flatMap((kind) => {
      if (source[kind] === undefined) return [];
      expect(source[kind]).toEqual({ name: 'watchledger' });
      return Object.entries(from[kind]);
    }),
  );
  const single = container.env.map(({ name, valueFrom: { secretKeyRef } }): [string, string] => {
    const value = secrets[secretKeyRef.key];
    if (value === undefined) throw new StartFault(`${name} comes from nowhere`);
    return [name, value];
  });
  return { ...imageSettings(), ...Object.fromEntries([...wholesale, ...single]) };
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

const secrets = {
  DATABASE_URL: 'postgres://watchledger:secret@db.example.org:5432/watchledger',
  REDIS_URL: 'rediss://watchledger:secret@redis.example.org:6379',
  AUTH_SECRET: 'made by openssl rand -base64 32 for this test',
};

test('with the secrets filled in the service knows all that it is told', () => {
  expect(Object.keys(secrets)).toEqual(Object.keys(placeholders));
  expect(configured(told(secrets))).toMatchObject({
    production: true,
    host: '0.0.0.0',
    port: container.ports[0]?.containerPort,
    corsOrigins: ['https://learn.example.org'],
  });
});

test.each(Object.keys(secrets))('a secret without %s starts no process, and it is named', (name) => {
  const { [name as keyof typeof secrets]: _, ...others } = secrets;
  const start = () => configured(told(others));
  expect(start).toThrow(StartFault);
  expect(start).toThrow(name);
});

test('any other variable needs only its line in the settings or the secret', () => {
  const more = {
    AUTH_JWKS_URL: 'https://login.example.org/keys',
    AUTH_ISSUER: 'https://login.example.org/',
    AUTH_AUDIENCE: 'watchledger',
    DATABASE_REPLICA_URL: 'postgres://watchledger:secret@replica.example.org:5432/watchledger',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  };
  const { AUTH_SECRET: _, ...stores } = secrets;
  expect(configured(told({ ...stores, ...more }))).toMatchObject({
    signing: { by: 'issuer', jwksUrl: more.AUTH_JWKS_URL },
    replicaUrl: more.DATABASE_REPLICA_URL,
    tracesEndpoint: more.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
});

test('the policy file is where the service looks for it, and is a policy', () => {
  const { data, metadata } = file('policy.yaml');
  const volume = pod.volumes.find(({ configMap }) => configMap?.name === metadata.name);
  const mount = container.volumeMounts.find(({ name }) => name === volume?.name);
  expect(`${mount?.mountPath}/policy.json`).toBe(settings.POLICY_FILE);
  const policyFile = join(temporaryFolder(), 'policy.json');
  writeFileSync(policyFile, data['policy.json']);
  expect(readPolicyFile(policyFile).timeZone).toBe('Asia/Shanghai');
});

test('the network policy lets out all that a process may be told to speak to', () => {
  const egress: { ports: { port: number }[] }[] = file('optional/network-policy.yaml').spec.egress;
  const open = egress.flatMap(({ ports }) => ports.map(({ port }) => port));
  // Names, AUTH_JWKS_URL, PostgreSQL, Redis, its Sentinels, a collector of traces.
  for (const port of [53, 443, 5432, 6379, 26_379, 4318]) expect(open).toContain(port);
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
