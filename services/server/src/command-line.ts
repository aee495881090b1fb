import { parseArgs } from 'node:util';
import { variables } from './configuration/configuration.ts';
import { StartFault } from './start-fault.ts';

export type Command =
  | { readonly name: 'serve'; readonly adoptPolicy: boolean }
  | { readonly name: 'token'; readonly options: TokenOptions }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

/** What `token` was told, unchecked. */
export interface TokenOptions {
  readonly sub?: string | undefined;
  readonly scope?: string | undefined;
  readonly courseware?: string | undefined;
  readonly org?: string | undefined;
  readonly ttl?: string | undefined;
}

/** What the operator asks for. Throws `StartFault` for what it does not know. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const { 'adopt-policy': adoptPolicy = false, ...options } = values;
  const [word, ...rest] = positionals;
  const given = Object.keys(options);
  if (rest.length === 0 && word === 'token' && !adoptPolicy) return { name: 'token', options };
  if (word === undefined && given.length === 0) return { name: 'serve', adoptPolicy };
  const [option] = given;
  if (word === undefined) throw new StartFault(`--${option} belongs to the command "token"; see --help`);
  throw new StartFault(`There is no such command as "${args.join(' ')}"; see --help`);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'adopt-policy': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        sub: { type: 'string' },
        scope: { type: 'string' },
        courseware: { type: 'string' },
        org: { type: 'string' },
        ttl: { type: 'string' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartFault(`${error.message.split('\n', 1)[0]}; see --help`);
  }
}

export const help = `WatchLedger: trustworthy study hours from online courseware.

  npm start                         run the service
  npm start -- --adopt-policy       run it with a policy that differs from the stored one
  npm run token -- --sub <id> --scope "<scopes>" [options]
                                    print a token for development
      --sub <id>                    learner, or name of the calling system
      --scope "<scopes>"            watch, credits:read, courseware:write, review, admin
      --courseware <id,id>          bind a watch token to these courseware
      --org <id>                    institute of a reviewer or admin
      --ttl <duration>              how long it is valid, such as 30m (1h)

Environment:
${Object.entries(variables)
  .map(([name, meaning]) => `  ${name.padEnd(15)} ${meaning}`)
  .join('\n')}
`;
