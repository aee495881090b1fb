import { expect, test } from 'vitest';
import { StartFault } from '../start-fault.ts';
import { command } from './command.ts';

const given: unknown[] = [];
const copy = command({
  word: 'copy',
  usage: '',
  options: { twice: { type: 'boolean' } },
  operands: ['<from>', '<to>'],
  run: async (options, environment, operands) =>
    void given.push({ twice: options.twice, environment, operands }),
});

test('a command is run with its options, the environment and the words that it needs', async () => {
  await copy.read(['a', '--twice', 'b']).run({ PORT: '1' });
  expect(given).toEqual([{ twice: true, environment: { PORT: '1' }, operands: ['a', 'b'] }]);
});

test('a word that is missing, or one too many, is said by name', () => {
  expect(() => copy.read(['a'])).toThrow(new StartFault('copy needs <to>; see --help'));
  expect(() => copy.read(['a', 'b', 'c'])).toThrow(new StartFault('"c" is one word too many; see --help'));
});

test('so is an option of another command', () => {
  expect(() => copy.read(['a', 'b', '--once'])).toThrow(
    new StartFault("Unknown option '--once'; see --help"),
  );
});
