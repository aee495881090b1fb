import { expect, test } from 'vitest';
import { type Channel, createLine, NoAnswer } from './line.ts';

type Desk = { half(n: number): Promise<number>; fail(): void };

/** Two ends; what goes over is JSON. */
function channels(): [Channel, Channel] {
  const hearers: ((message: unknown) => void)[][] = [[], []];
  const end = (here: number): Channel => ({
    send: (message) => {
      const text = JSON.stringify(message);
      for (const hear of hearers[1 - here] ?? []) queueMicrotask(() => hear(JSON.parse(text)));
    },
    listen: (hear) => void hearers[here]?.push(hear),
  });
  return [end(0), end(1)];
}

test('each question finds its answer, whatever comes between', async () => {
  const [here, there] = channels();
  const line = createLine<Desk>(here, {});
  createLine(there, { half: async (n: number) => n / 2, fail() {} });
  there.send({ cmd: 'something of Node’s own' });
  expect(await Promise.all([line.ask('half', 8), line.ask('half', 3)])).toEqual([4, 1.5]);
});

test('a question that fails at the other end fails here, in one line', async () => {
  const [here, there] = channels();
  const line = createLine<Desk>(here, {});
  createLine(there, {
    fail() {
      throw new TypeError('no');
    },
  });
  await expect(line.ask('fail')).rejects.toEqual(new NoAnswer('fail failed: no'));
});

test('each question has its own patience', async () => {
  const [here] = channels();
  const line = createLine<Desk>(here, {}, { half: 1 });
  await expect(line.ask('half', 8)).rejects.toEqual(new NoAnswer('half was not answered within 1 ms'));
});
