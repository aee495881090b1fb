import { describe, expect, test } from 'vitest';
import { help, readCommand } from './command-line.ts';
import { variables } from './configuration/configuration.ts';
import { StartFault } from './start-fault.ts';

describe('the command line', () => {
  test('without words serves', () => {
    expect(readCommand([])).toEqual({ name: 'serve', adoptPolicy: false });
    expect(readCommand(['--adopt-policy'])).toEqual({ name: 'serve', adoptPolicy: true });
  });

  test('makes tokens', () => {
    expect(readCommand(['token', '--sub', 'u1', '--scope', 'watch', '--ttl', '30m'])).toMatchObject({
      name: 'token',
      options: { sub: 'u1', scope: 'watch', ttl: '30m' },
    });
  });

  test.each([[['--help']], [['-h']], [['token', '--help']]])('helps: %j', (args) => {
    expect(readCommand(args)).toEqual({ name: 'help' });
  });

  test.each([
    [['--prot', '80']],
    [['migrate']],
    [['token', 'now']],
    [['--sub', 'u1']],
    [['token', '--adopt-policy']],
    [['token', '--sub']],
  ])('refuses %j in one line', (args) => {
    const refused = expect(() => readCommand(args));
    refused.toThrow(StartFault);
    refused.toThrow(/^[^\n]+$/);
  });

  test('names every variable in its help', () => {
    for (const variable of Object.keys(variables)) expect(help).toContain(variable);
  });
});
