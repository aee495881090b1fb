import { createCalendar, UnknownTimeZoneError } from './calendar.ts';
import { DurationError, formatDuration, parseDuration } from './durations.ts';
import { type Milliseconds, milliseconds } from './quantities.ts';

/** The forms of learning: 网络学习, 在职自学, 线下学习. */
export const CATEGORIES = ['online', 'self-study', 'offline'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The rules' adjustable figures. Durations are milliseconds; a cap of `null` is no cap. */
export type Policy = {
  /** IANA zone of all days, months and years (R9). */
  readonly timeZone: string;
  /** Credited time that a learner should reach in an accounting year (R6). */
  readonly goal: Milliseconds;
  /** The most credited time of each category in an accounting year (R5, R6). */
  readonly categories: Readonly<Record<Category, { readonly cap: Milliseconds | null }>>;
  /** Whether a courseware's limit is used up once, or anew in each accounting year (R4). */
  readonly coursewareLimitScope: 'lifetime' | 'year';
  /** What happens to a newcomer while another courseware is open (R3). */
  readonly parallelViewing: 'reject' | 'take-over';
  /** How often a client reports. */
  readonly heartbeat: Milliseconds;
  /** How long a session holds its learner after the last report (R3): two heartbeats to one hour. */
  readonly lock: Milliseconds;
  /** The most time that one report can earn (R2): a heartbeat to one hour. */
  readonly maxCatchUp: Milliseconds;
  /** What is left of a claim above this is forfeited (R2): at most a heartbeat. */
  readonly slack: Milliseconds;
  /** How long an open page without any growth still holds its learner (R3): `lock` to 24 hours. */
  readonly release: Milliseconds;
  /** How long a document counts after the last activity (R1). */
  readonly documentIdle: Milliseconds;
};

/** One thing wrong in a policy file: the dotted key, empty for the file as a whole, and what is wrong with it. */
export type PolicyFault = { readonly key: string; readonly message: string };

/** A policy that cannot be used; carries every fault found. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(`policy: ${faults.map(({ key, message }) => (key ? `${key}: ${message}` : message)).join('; ')}`);
    this.faults = faults;
  }
}

/** The policy as its JSON file says it: durations as texts. */
export type PolicyJson = {
  readonly timeZone: string;
  readonly goal: string;
  readonly categories: Readonly<Record<Category, { readonly cap: string | null }>>;
  readonly coursewareLimitScope: Policy['coursewareLimitScope'];
  readonly parallelViewing: Policy['parallelViewing'];
  readonly heartbeat: string;
  readonly lock: string;
  readonly maxCatchUp: string;
  readonly slack: string;
  readonly release: string;
  readonly documentIdle: string;
};

/** The guide's figures, and the chosen ones where it is silent. */
export const defaultPolicy: Policy = {
  timeZone: 'Asia/Shanghai',
  goal: parseDuration('100h'),
  categories: {
    online: { cap: parseDuration('50h') },
    'self-study': { cap: parseDuration('10h') },
    offline: { cap: null },
  },
  coursewareLimitScope: 'lifetime',
  parallelViewing: 'reject',
  heartbeat: parseDuration('20s'),
  lock: parseDuration('90s'),
  maxCatchUp: parseDuration('5m'),
  slack: parseDuration('2s'),
  release: parseDuration('30m'),
  documentIdle: parseDuration('5m'),
};

/**
 * Reads a policy file's JSON; an absent key takes its default.
 * @throws PolicyError with all faults
 */
export function parsePolicy(json: unknown): Policy {
  const reader = new PolicyReader();
  const policy = reader.read(json);
  if (reader.faults.length > 0) throw new PolicyError(reader.faults);
  return policy;
}

/** The canonical JSON of a policy: every key, in one order, durations in their canonical text. */
export function policyToJson(policy: Policy): PolicyJson {
  const cap = (category: Category): { cap: string | null } => {
    const most = policy.categories[category].cap;
    return { cap: most === null ? null : formatDuration(most) };
  };
  return {
    timeZone: policy.timeZone,
    goal: formatDuration(policy.goal),
    categories: { online: cap('online'), 'self-study': cap('self-study'), offline: cap('offline') },
    coursewareLimitScope: policy.coursewareLimitScope,
    parallelViewing: policy.parallelViewing,
    heartbeat: formatDuration(policy.heartbeat),
    lock: formatDuration(policy.lock),
    maxCatchUp: formatDuration(policy.maxCatchUp),
    slack: formatDuration(policy.slack),
    release: formatDuration(policy.release),
    documentIdle: formatDuration(policy.documentIdle),
  };
}

/** The dotted keys in which two policies differ, in the order of the file (R9: a changed policy must be adopted). */
export function policyDifference(a: PolicyJson, b: PolicyJson): string[] {
  const other = new Map(flatten(b));
  return flatten(a).flatMap(([key, value]) => (other.get(key) === value ? [] : [key]));
}

function flatten(value: object, prefix = ''): [key: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    typeof inner === 'object' && inner !== null
      ? flatten(inner, `${prefix}${key}.`)
      : [[`${prefix}${key}`, inner]],
  );
}

const LONGEST_CATCH_UP = parseDuration('1h');
const LONGEST_LOCK = parseDuration('1h');
const LONGEST_RELEASE = parseDuration('24h');

type Members = Readonly<Record<string, unknown>>;

/** Reads member by member and notes every fault; a faulty member stands in as its default until all are found. */
class PolicyReader {
  readonly faults: PolicyFault[] = [];

  read(json: unknown): Policy {
    const file = this.#members('', json, Object.keys(defaultPolicy));
    const policy: Policy = {
      timeZone: this.#timeZone(file.timeZone),
      goal: this.#duration('goal', file.goal, defaultPolicy.goal),
      categories: this.#categories(file.categories),
      coursewareLimitScope: this.#oneOf(
        'coursewareLimitScope',
        file.coursewareLimitScope,
        ['lifetime', 'year'],
        defaultPolicy.coursewareLimitScope,
      ),
      parallelViewing: this.#oneOf(
        'parallelViewing',
        file.parallelViewing,
        ['reject', 'take-over'],
        defaultPolicy.parallelViewing,
      ),
      heartbeat: this.#duration('heartbeat', file.heartbeat, defaultPolicy.heartbeat),
      lock: this.#duration('lock', file.lock, defaultPolicy.lock),
      maxCatchUp: this.#duration('maxCatchUp', file.maxCatchUp, defaultPolicy.maxCatchUp),
      slack: this.#duration('slack', file.slack, defaultPolicy.slack),
      release: this.#duration('release', file.release, defaultPolicy.release),
      documentIdle: this.#duration('documentIdle', file.documentIdle, defaultPolicy.documentIdle),
    };
    this.#checkSense(policy);
    return policy;
  }

  /** What the members mean together; asked only of those that could be read. */
  #checkSense({ heartbeat, lock, maxCatchUp, slack, release, documentIdle }: Policy): void {
    const unread = new Set(this.faults.map(({ key }) => key));
    const check = (sensible: boolean, key: string, than: string | null, message: string): void => {
      if (!sensible && !unread.has(key) && !(than && unread.has(than))) this.#fault(key, message);
    };
    const shown = formatDuration;
    const twoHeartbeats = milliseconds(2 * heartbeat);
    check(heartbeat > 0, 'heartbeat', null, 'must be longer than 0s');
    check(
      lock >= twoHeartbeats,
      'lock',
      'heartbeat',
      `${shown(lock)} is shorter than two heartbeats (${shown(twoHeartbeats)})`,
    );
    check(
      lock <= LONGEST_LOCK,
      'lock',
      null,
      `${shown(lock)} is above 1h: a crashed page would keep its learner out for so long`,
    );
    check(
      maxCatchUp >= heartbeat,
      'maxCatchUp',
      'heartbeat',
      `${shown(maxCatchUp)} is shorter than a heartbeat (${shown(heartbeat)})`,
    );
    check(maxCatchUp <= LONGEST_CATCH_UP, 'maxCatchUp', null, `${shown(maxCatchUp)} is above 1h`);
    check(
      slack <= heartbeat || heartbeat === 0,
      'slack',
      'heartbeat',
      `${shown(slack)} is longer than a heartbeat (${shown(heartbeat)}): hardly any claim would be forfeited`,
    );
    check(release >= lock, 'release', 'lock', `${shown(release)} is shorter than lock (${shown(lock)})`);
    check(release <= LONGEST_RELEASE, 'release', null, `${shown(release)} is above 24h`);
    check(documentIdle > 0, 'documentIdle', null, 'must be longer than 0s');
  }

  #categories(json: unknown): Policy['categories'] {
    const file = json === undefined ? {} : this.#members('categories', json, CATEGORIES);
    const cap = (category: Category): { cap: Milliseconds | null } => {
      const standard = defaultPolicy.categories[category].cap;
      if (file[category] === undefined) return { cap: standard };
      const key = `categories.${category}`;
      const entry = this.#members(key, file[category], ['cap']);
      return { cap: entry.cap === null ? null : this.#duration(`${key}.cap`, entry.cap, standard) };
    };
    return { online: cap('online'), 'self-study': cap('self-study'), offline: cap('offline') };
  }

  #duration<Standard>(key: string, json: unknown, standard: Standard): Milliseconds | Standard {
    if (json === undefined) return standard;
    if (typeof json !== 'string') {
      this.#fault(key, `must be a duration text such as "1h30m", not ${JSON.stringify(json)}`);
      return standard;
    }
    try {
      return parseDuration(json);
    } catch (error) {
      if (!(error instanceof DurationError)) throw error;
      this.#fault(key, error.message);
      return standard;
    }
  }

  #timeZone(json: unknown): string {
    if (json === undefined) return defaultPolicy.timeZone;
    if (typeof json !== 'string') {
      this.#fault('timeZone', `must be the name of a time zone, not ${JSON.stringify(json)}`);
      return defaultPolicy.timeZone;
    }
    try {
      return createCalendar(json).timeZone;
    } catch (error) {
      if (!(error instanceof UnknownTimeZoneError)) throw error;
      this.#fault('timeZone', error.message);
      return defaultPolicy.timeZone;
    }
  }

  #oneOf<Word extends string>(key: string, json: unknown, words: readonly Word[], standard: Word): Word {
    if (json === undefined) return standard;
    const word = words.find((known) => known === json);
    if (word !== undefined) return word;
    this.#fault(
      key,
      `must be ${words.map((known) => `"${known}"`).join(' or ')}, not ${JSON.stringify(json)}`,
    );
    return standard;
  }

  #members(key: string, json: unknown, known: readonly string[]): Members {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      this.#fault(key, 'must be a JSON object');
      return {};
    }
    for (const name of Object.keys(json)) {
      if (!known.includes(name)) this.#fault(key ? `${key}.${name}` : name, 'unknown key');
    }
    return json as Members;
  }

  #fault(key: string, message: string): void {
    this.faults.push({ key, message });
  }
}
