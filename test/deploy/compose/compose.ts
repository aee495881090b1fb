import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What these tests look at of a compose file; that all of it is right is said by the schema. */
export interface ComposeFile extends Readonly<Record<string, unknown>> {
  readonly services: Readonly<Record<string, ComposeService>>;
}

export interface ComposeService {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: string;
  readonly healthcheck: { readonly test: readonly string[] };
  readonly stop_grace_period: string;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly read_only?: boolean;
}

const file = new URL('../../../deploy/compose.yaml', import.meta.url);

/** Reads deploy/compose.yaml as `docker compose` does, with these variables. Throws for one that must be set. */
export function readCompose(variables: Readonly<Record<string, string>>): ComposeFile {
  return parse(interpolated(readFileSync(file, 'utf8'), variables), { merge: true });
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?what is wrong without}`. */
function interpolated(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, how = '', words = '') => {
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (how === '-') return words;
    throw new Error(`${name} ${words || 'is set nowhere'}`);
  });
}

/** The variables of an env file. */
export function readEnvFile(path: URL): Record<string, string> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = line.match(/^(\w+)=(.*)$/) ?? [];
      if (name === undefined || value === undefined)
        throw new Error(`${path.pathname}: "${line}" sets nothing`);
      return [name, value];
    }),
  );
}

/** What an operator makes; the example leaves each blank. */
export const secrets = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'AUTH_SECRET'] as const;

/** The example, filled in. */
export const filled: Readonly<Record<string, string>> = {
  ...readEnvFile(new URL('../../../deploy/compose.env.example', import.meta.url)),
  ...Object.fromEntries(secrets.map((name) => [name, name.toLowerCase().repeat(4)])),
};
