import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Phase, phases, type Turn } from './phases.ts';

const everyPhase = Object.keys(phases) as Phase[];
const everyTurn = [...new Set(everyPhase.flatMap((phase) => Object.keys(phases[phase]) as Turn[]))];

const after = (turns: Turn[], from: Phase = 'waiting') =>
  turns.reduce<Phase>((phase, turn) => phases[phase][turn] ?? phase, from);

test('only an answer to an open makes a session active', () => {
  for (const phase of everyPhase) {
    for (const turn of everyTurn) {
      if (phases[phase][turn] === 'active') expect([phase, turn]).toEqual(['opening', 'opened']);
    }
  }
});

test('stopped is for good, and every other phase can be stopped', () => {
  expect(phases.stopped).toEqual({});
  for (const phase of everyPhase.filter((phase) => phase !== 'stopped'))
    expect(phases[phase].stop).toBe('stopped');
});

test('a viewing that lost its place opens again only by the learner or the page, never by itself', () => {
  expect(phases.over).toEqual({ play: 'opening', retry: 'opening', leave: 'waiting', stop: 'stopped' });
});

test('from wherever it got to, a page that leaves and comes back can earn again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...everyTurn.filter((turn) => turn !== 'stop'))), (turns) => {
      expect(after(['leave', 'play', 'opened'], after(turns))).toBe('active');
    }),
  );
});
