import { expect, test } from 'vitest';
import { tellProgress } from './progress.ts';

function told(isTTY: boolean) {
  let text = '';
  let seconds = 0;
  const output = { isTTY, write: (more: string) => (text += more) };
  const tell = tellProgress(output, () => seconds * 1_000);
  const sessions = (at: number, done: number) => {
    seconds = at;
    tell({ doing: 'copying', what: 'sessions', done, total: 1_200_000 });
  };
  return { sessions, text: () => text };
}

test('elsewhere than on a terminal, a line now and then: how much, how fast, how long', () => {
  const { sessions, text } = told(false);
  for (let second = 0; second <= 12; second += 1) sessions(second, second * 10_000);
  sessions(118, 1_180_000);
  sessions(120, 1_200_000);
  expect(text().split('\n')).toEqual([
    'copying sessions         50,000 of 1,200,000, 10,000/s, 1 min 55 s left',
    'copying sessions         100,000 of 1,200,000, 10,000/s, 1 min 50 s left',
    'copying sessions         1,180,000 of 1,200,000, 10,000/s, 2 s left',
    'copying sessions         1,200,000 of 1,200,000, 10,000/s, 2 min 0 s',
    '',
  ]);
});

test('on a terminal, one line that changes until it is done', () => {
  const { sessions, text } = told(true);
  sessions(0.3, 0);
  sessions(0.4, 10_000);
  sessions(120.3, 1_200_000);
  expect(text()).toBe(
    '\r\u001b[2Kcopying sessions         0 of 1,200,000' +
      '\r\u001b[2Kcopying sessions         1,200,000 of 1,200,000, 10,000/s, 2 min 0 s\n',
  );
});

test('what an earlier move has done does not count as speed', () => {
  const { sessions, text } = told(false);
  sessions(0, 1_000_000);
  sessions(10, 1_100_000);
  expect(text()).toBe('copying sessions         1,100,000 of 1,200,000, 10,000/s, 10 s left\n');
});
