import { expect, test } from 'vitest';
import { ActiveSessions } from './active-sessions.ts';

/** Sessions that report every 20 s, evenly spread; `until` a moment in ms. */
function site() {
  let now = 12_345_678;
  const processes = [new ActiveSessions(() => now), new ActiveSessions(() => now)];
  let turn = 0;
  const report = (ms: number) => {
    turn += 1;
    processes[turn % processes.length]?.covered(ms);
  };
  return {
    watch(sessions: number, seconds: number) {
      for (let tick = 0; tick < seconds * 10; tick += 1) {
        now += 100;
        for (let nth = 0; nth < sessions; nth += 1) if (nth % 200 === tick % 200) report(20_000);
      }
    },
    silence(seconds: number) {
      now += seconds * 1_000;
    },
    count: () => processes.reduce((sum, each) => sum + each.count(), 0),
  };
}

test('sessions that report are counted, whichever process answers which report', () => {
  const { watch, count } = site();
  watch(1_000, 120);
  expect(count()).toBeGreaterThan(950);
  expect(count()).toBeLessThan(1_050);
});

test('a process that has just started counts what it sees, not what it has missed', () => {
  const { watch, count } = site();
  watch(1_000, 20);
  expect(count()).toBeGreaterThan(950);
  expect(count()).toBeLessThan(1_050);
});

test('a minute after the last report nobody is left', () => {
  const { watch, silence, count } = site();
  watch(1_000, 60);
  silence(30);
  expect(count()).toBeGreaterThan(400);
  silence(31);
  expect(count()).toBe(0);
  silence(3_600);
  expect(count()).toBe(0);
});
