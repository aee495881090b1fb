import { expect, test } from 'vitest';
import { readable } from './log.ts';

function shown(entry: object): string {
  const lines: string[] = [];
  readable({ write: (line) => lines.push(line) }).write(JSON.stringify(entry));
  return lines.join('');
}

const entry = { level: 'info', time: '2026-03-01T08:30:00.000Z', msg: 'listening' };

test('a readable line has time, level, message and what else there is', () => {
  expect(shown(entry)).toBe('08:30:00.000 info  listening\n');
  expect(shown({ ...entry, size: 2 })).toBe('08:30:00.000 info  listening  {"size":2}\n');
});

test('an error shows where it came from', () => {
  expect(shown({ ...entry, level: 'error', err: { stack: 'Error: x\n  at y' } })).toBe(
    '08:30:00.000 error listening\nError: x\n  at y\n',
  );
});
