import { readdirSync, readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { validate as deployment } from 'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment';
import { validate as autoscaler } from 'kubernetes-models/_schemas/IoK8sApiAutoscalingV2HorizontalPodAutoscaler';
import { validate as configMap } from 'kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap';
import { validate as secret } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Secret';
import { validate as service } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Service';
import { validate as networkPolicy } from 'kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy';
import { validate as disruptionBudget } from 'kubernetes-models/_schemas/IoK8sApiPolicyV1PodDisruptionBudget';
import { parse } from 'yaml';
import { unreadIn } from './unread.ts';

interface Validator {
  (data: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

const validators: Readonly<Record<string, Validator>> = {
  'apps/v1 Deployment': deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': autoscaler,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicy,
  'policy/v1 PodDisruptionBudget': disruptionBudget,
  'v1 ConfigMap': configMap,
  'v1 Secret': secret,
  'v1 Service': service,
};
const folder = new URL('../../../deploy/kubernetes/', import.meta.url);

type Json = Readonly<Record<string, unknown>>;

/** Every manifest in deploy/kubernetes, by file name. */
export function readManifests(): Record<string, Json> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.yaml(\.example)?$/.test(file),
  );
  return Object.fromEntries(files.map((file) => [file, parse(readFileSync(new URL(file, folder), 'utf8'))]));
}

/** What Kubernetes would not accept, or not know and so overlook. */
export function faultsIn(manifest: Json): string[] {
  const kind = `${manifest.apiVersion} ${manifest.kind}`;
  const validate = validators[kind];
  if (validate === undefined) return [`there is no ${kind} among those in use`];
  const unread = unreadIn(manifest, validate);
  const wrong = (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message ?? error.keyword}`,
  );
  return [...wrong, ...unread.map((path) => `${path} means nothing`)];
}
