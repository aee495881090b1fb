/** What one node says of itself; null: the user may not ask. */
export interface NodeReport {
  readonly name: string;
  /** The answer to INFO. */
  readonly info: string | null;
  /** The setting `save`: when the node writes a snapshot; empty: never. */
  readonly save: string | null;
  /** The setting `cluster-require-full-coverage`; servers that are no cluster have it too. */
  readonly fullCoverage: string | null;
  /** The answer to CLUSTER INFO; null also where there is no cluster. */
  readonly cluster: string | null;
}

/** Lines for the operator, each saying what to set. */
export interface Judgement {
  /** With these the product must not start. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** The scripts would run from 5 on and users came with 6.0; older than this nobody repairs and we never tried. */
const OLDEST = [6, 2] as const;
/** A learner's row with its key takes about 400 bytes; below this only some hundred thousand fit. */
const ROOM_BYTES = 64 * 1_024 * 1_024;
const BYTES_OF_LEARNER = 400;

/**
 * Whether Redis is what the lock needs, by what its nodes say. What they do not say is not held against them.
 * What is wrong with a replica becomes a fault with its promotion; until then it is a warning.
 */
export function judgeRedis(nodes: readonly NodeReport[], replicas: readonly NodeReport[] = []): Judgement {
  const tell = (judge: (node: NodeReport) => readonly string[]) =>
    nodes.flatMap((node) => judge(node).map((line) => (nodes.length > 1 ? `${node.name}: ${line}` : line)));
  const ofReplicas = replicas.flatMap((node) =>
    [...unfitness(node), ...warningsOf(node)].map((line) => `replica ${node.name}: ${line}`),
  );
  const faults = tell((node) => [...unfitness(node), ...faultsOf(node)]);
  return { faults, warnings: [...tell(warningsOf), ...ofReplicas, ...coverageWarnings(nodes)] };
}

function faultsOf({ info, cluster }: NodeReport): string[] {
  const faults: string[] = [];
  if (fieldsOf(info).get('role') === 'slave') {
    faults.push('this is a replica, which takes no writes: name its primary, the Sentinels or the cluster');
  }
  if (fieldsOf(cluster).get('cluster_state') === 'fail') {
    faults.push(
      'the cluster is down (cluster_state:fail): some slots have no primary; see redis-cli --cluster check',
    );
  }
  return faults;
}

/** Why a node must not serve, whatever its role is now. */
function unfitness({ info }: NodeReport): string[] {
  const faults: string[] = [];
  const say = fieldsOf(info);
  const version = say.get('redis_version');
  if (version !== undefined && isOlder(version)) {
    faults.push(`Redis ${version} is too old: ${OLDEST.join('.')} or newer is needed`);
  }
  const policy = say.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction' && Number(say.get('maxmemory')) > 0) {
    faults.push(
      `Redis evicts locks when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction`,
    );
  }
  return faults;
}

/** Said once: it is a setting of the cluster, though each node has it. */
function coverageWarnings(nodes: readonly NodeReport[]): string[] {
  const demanding = nodes.some(({ cluster, fullCoverage }) => cluster !== null && fullCoverage === 'yes');
  if (!demanding) return [];
  return [
    'the cluster refuses all learners while one of its shards is away: ' +
      'set cluster-require-full-coverage no on every node, and only those of that shard wait',
  ];
}

function warningsOf({ info, save }: NodeReport): string[] {
  const warnings: string[] = [];
  const say = fieldsOf(info);
  if (say.get('aof_enabled') === '0' && save === '') {
    warnings.push(
      'Redis keeps nothing on disk: after its restart the locks are read again from the database, all at once; ' +
        'set appendonly yes, or save',
    );
  }
  const room = Number(say.get('maxmemory')) - Number(say.get('used_memory'));
  if (Number(say.get('maxmemory')) > 0 && room < ROOM_BYTES) {
    const learners = Math.max(0, Math.floor(room / BYTES_OF_LEARNER));
    warnings.push(
      `Redis has room for about ${learners} learners more, and refuses what does not fit: raise maxmemory`,
    );
  }
  return warnings;
}

function fieldsOf(text: string | null): ReadonlyMap<string, string> {
  const lines = (text ?? '').split(/\r?\n/).map((line) => line.match(/^(\w+):(.*)$/));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']])));
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
