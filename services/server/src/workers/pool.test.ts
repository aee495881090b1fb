import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StartFault } from '../start-fault.ts';
import { createPool, type Worker } from './pool.ts';
import type { Leave, Task } from './questions.ts';

/** A worker that does what the test says. */
class PlayedWorker implements Worker {
  readonly pid = 0;
  readonly task: Task;
  readonly #serving = Promise.withResolvers<string>();
  readonly #ended = Promise.withResolvers<string | null>();
  readonly serving = this.#serving.promise;
  readonly ended = this.#ended.promise;
  asked: Leave | 'killed' | null = null;

  constructor(task: Task) {
    this.task = task;
  }
  serve = () => this.#serving.resolve('http://here');
  fail = (line: string) => this.#serving.reject(new StartFault(line));
  end = (how: string | null) => this.#ended.resolve(how);
  leave(why: Leave) {
    this.asked = why;
  }
  kill() {
    this.asked = 'killed';
    this.#ended.resolve('SIGKILL');
  }
}

function playedPool(size: number) {
  const forked: PlayedWorker[] = [];
  const said: string[] = [];
  const pauses: number[] = [];
  let losePatience = () => {};
  const say = (...words: unknown[]) => void said.push(String(words.at(-1)));
  const pool = createPool({
    size,
    fork(task) {
      const worker = new PlayedWorker(task);
      forked.push(worker);
      return worker;
    },
    log: { info: say, warn: say, error: say },
    pause: async (ms) => void pauses.push(ms),
    leaving: () =>
      new Promise((resolve) => {
        losePatience = resolve;
      }),
    now: () => 0,
  });
  const worker = async (nth: number): Promise<PlayedWorker> => {
    for (let turns = 0; turns < 100; turns += 1) {
      const found = forked[nth];
      if (found !== undefined) return found;
      await turn();
    }
    throw new Error(`there is no worker ${nth}`);
  };
  return { pool, forked, said, pauses, worker, losePatience: () => losePatience() };
}

async function started(size: number) {
  const played = playedPool(size);
  const origin = played.pool.start({ adoptPolicy: false });
  for (let nth = 0; nth < size; nth += 1) (await played.worker(nth)).serve();
  await origin;
  return played;
}

test('the first worker alone takes the port and adopts the policy; then come the rest', async () => {
  const { pool, forked, worker } = playedPool(3);
  const origin = pool.start({ adoptPolicy: true });
  await turn();
  expect(forked.map(({ task }) => task)).toEqual([{ number: 1, adoptPolicy: true, portIsServed: false }]);
  (await worker(0)).serve();
  for (const nth of [1, 2]) (await worker(nth)).serve();
  expect(await origin).toBe('http://here');
  expect(forked.slice(1).map(({ task }) => task)).toEqual([
    { number: 2, adoptPolicy: false, portIsServed: true },
    { number: 3, adoptPolicy: false, portIsServed: true },
  ]);
});

test('a worker that cannot start ends the start with its fault, and leaves nobody behind', async () => {
  const { pool, forked, worker } = playedPool(3);
  const refused = expect(pool.start({ adoptPolicy: false })).rejects.toEqual(new StartFault('PORT is taken'));
  (await worker(0)).serve();
  (await worker(2)).fail('PORT is taken');
  await refused;
  expect(forked.map(({ asked }) => asked)).toEqual(['killed', 'killed', 'killed']);
});

test('a worker that dies is replaced, later and later while its successors cannot start', async () => {
  const { pauses, said, worker } = await started(2);
  (await worker(1)).end('SIGSEGV');
  (await worker(2)).fail('DATABASE_URL: away');
  (await worker(3)).fail('DATABASE_URL: away');
  const successor = await worker(4);
  successor.serve();
  await turn();
  expect(successor.task).toEqual({ number: 2, adoptPolicy: false, portIsServed: true });
  expect(pauses).toEqual([100, 200, 400]);
  expect(said).toEqual([
    'a worker ended (SIGSEGV); another takes its place',
    'no worker can start: DATABASE_URL: away',
    'no worker can start: DATABASE_URL: away',
    'a worker took the place of one that had ended',
  ]);
});

test('one after the other is replaced: the new one serves before the old one goes', async () => {
  const { pool, forked, worker } = await started(2);
  const replaced = pool.replaceAll();
  const [one, two] = [await worker(0), await worker(1)];
  const newOne = await worker(2);
  expect(newOne.task).toMatchObject({ number: 1, portIsServed: true });
  expect(one.asked).toBeNull();
  newOne.serve();
  await turn();
  expect([one.asked, two.asked, forked.length]).toEqual(['replaced', null, 3]);
  one.end(null);
  (await worker(3)).serve();
  await turn();
  expect(two.asked).toBe('replaced');
  two.end(null);
  await replaced;
  expect(forked).toHaveLength(4);
});

test('an old one that does not go in time is ended by force, and the next is replaced', async () => {
  const { pool, said, worker, losePatience } = await started(2);
  const replaced = pool.replaceAll();
  (await worker(2)).serve();
  await turn();
  const [stuck, two] = [await worker(0), await worker(1)];
  expect(stuck.asked).toBe('replaced');
  losePatience();
  (await worker(3)).serve();
  await turn();
  expect([stuck.asked, two.asked]).toEqual(['killed', 'replaced']);
  two.end(null);
  await replaced;
  expect(said.at(-1)).toBe('all workers are replaced');
});

test('when a new one cannot start, the old ones go on', async () => {
  const { pool, forked, said, worker } = await started(2);
  const replaced = pool.replaceAll();
  (await worker(2)).fail('POLICY_FILE: changed');
  await replaced;
  expect(said.at(-1)).toBe('replacing is given up, the old workers go on: POLICY_FILE: changed');
  expect(forked.map(({ asked }) => asked)).toEqual([null, null, 'killed']);
});

test('one that dies while it is being replaced leaves one successor, not two', async () => {
  const { pool, worker } = await started(2);
  void pool.replaceAll();
  const replacement = await worker(2);
  (await worker(0)).end('SIGKILL');
  const revived = await worker(3);
  replacement.serve();
  await turn();
  revived.serve();
  await turn();
  expect([replacement.asked, revived.asked]).toEqual([null, 'replaced']);
});

test('a stop lets those who serve finish, and ends those who only start', async () => {
  const { pool, worker } = await started(2);
  void pool.replaceAll();
  const starting = await worker(2);
  const stopped = pool.stop();
  const [one, two] = [await worker(0), await worker(1)];
  expect([one.asked, two.asked, starting.asked]).toEqual(['stopping', 'stopping', 'killed']);
  one.end(null);
  two.end('code 1');
  expect(await stopped).toBe(false);
});

test('a stop while an old one hands over asks it no second time', async () => {
  const { pool, worker } = await started(1);
  void pool.replaceAll();
  const successor = await worker(1);
  successor.serve();
  await turn();
  const stopped = pool.stop();
  const old = await worker(0);
  expect([old.asked, successor.asked]).toEqual(['replaced', 'stopping']);
  old.end(null);
  successor.end(null);
  expect(await stopped).toBe(true);
});

test('a stop in the midst of the start lets those who serve finish', async () => {
  const { pool, worker } = playedPool(2);
  const refused = expect(pool.start({ adoptPolicy: false })).rejects.toThrow('ended');
  const first = await worker(0);
  first.serve();
  const second = await worker(1);
  const stopped = pool.stop();
  expect([first.asked, second.asked]).toEqual(['stopping', 'killed']);
  second.fail('it ended');
  await refused;
  expect(first.asked).toBe('stopping');
  first.end(null);
  expect(await stopped).toBe(true);
});
