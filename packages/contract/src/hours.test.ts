import { describe, expect, it } from 'vitest';
import { hoursToSeconds } from './hours.ts';

describe('hours in a list', () => {
  it.each([
    ['1.5', 5400],
    ['0.7', 2520],
    ['0', 0],
    ['0.333', 1198],
    ['1h30m', 5400],
    ['90m', 5400],
    ['45s', 45],
    ['1h', 3600],
    ['', null],
    ['-1', null],
    ['1,5', null],
    ['1e3', null],
    ['30m1h', null],
    ['NaN', null],
    ['Infinity', null],
    [' 1', null],
  ])('%j is %s seconds', (text, seconds) => {
    expect(hoursToSeconds(text)).toBe(seconds);
  });
});
