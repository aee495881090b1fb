import { readFileSync } from 'node:fs';
import type { Errand } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { variables } from './configuration/configuration.ts';
import { StartFault } from './start-fault.ts';

/** What the operator asks for. Throws `StartFault` for what it does not know. */
export function readErrand(args: readonly string[]): Errand {
  if (args.includes('--help') || args.includes('-h')) return printing('help', help);
  if (args.includes('--version')) return printing('version', () => `${version()}\n`);
  const [first = ''] = args;
  const word = first.startsWith('-') ? '' : first;
  const command = commands.find((each) => each.word === word);
  if (command === undefined) {
    throw new StartFault(`There is no such command as "${args.join(' ')}"; see --help`);
  }
  return command.read(word === '' ? args : args.slice(1));
}

function printing(word: string, text: () => string): Errand {
  return { word, options: {}, run: async () => void process.stdout.write(text()) };
}

export function help(): string {
  const widest = Math.max(...Object.keys(variables).map((name) => name.length + 1));
  return `WatchLedger: trustworthy study hours from online courseware.

${commands.map(({ usage }) => usage).join('\n')}

Environment:
${Object.entries(variables)
  .map(([name, meaning]) => `  ${name.padEnd(widest)} ${meaning}`)
  .join('\n')}
`;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
