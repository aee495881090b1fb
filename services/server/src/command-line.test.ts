import { describe, expect, test } from 'vitest';
import { help, readErrand } from './command-line.ts';
import { variables } from './configuration/configuration.ts';
import { StartFault } from './start-fault.ts';

const asked = (args: readonly string[]) => {
  const { word, options } = readErrand(args);
  return { word, options: { ...options } };
};

describe('the command line', () => {
  test('without words serves', () => {
    expect(asked([])).toEqual({ word: '', options: {} });
    expect(asked(['--adopt-policy'])).toEqual({ word: '', options: { 'adopt-policy': true } });
  });

  test('makes tokens', () => {
    expect(asked(['token', '--sub', 'u1', '--scope', 'watch', '--ttl', '30m'])).toEqual({
      word: 'token',
      options: { sub: 'u1', scope: 'watch', ttl: '30m' },
    });
  });

  test.each([[['--help']], [['-h']], [['token', '--help']]])('helps: %j', (args) => {
    expect(asked(args).word).toBe('help');
  });

  test.each([
    [['--prot', '80']],
    [['migrate']],
    [['token', 'now']],
    [['now']],
    [['--sub', 'u1']],
    [['--adopt-policy', 'now']],
    [['token', '--adopt-policy']],
    [['token', '--sub']],
  ])('refuses %j in one line', (args) => {
    const refused = expect(() => readErrand(args));
    refused.toThrow(StartFault);
    refused.toThrow(/^[^\n]+; see --help$/);
  });

  test('names every variable in its help', () => {
    for (const variable of Object.keys(variables)) expect(help()).toContain(variable);
  });
});
