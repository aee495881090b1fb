import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Configuration,
  readConfiguration,
  variables,
} from '../../../services/server/src/configuration/configuration.ts';
import { readDockerfile } from '../image/dockerfile.ts';

/** What the image sets by itself. */
export function imageSettings(): Record<string, string> {
  const stages = readDockerfile(fileURLToPath(new URL('../../../deploy/Dockerfile', import.meta.url)));
  const words =
    stages
      .at(-1)
      ?.steps.filter(({ keyword }) => keyword === 'ENV')
      .flatMap((step) => step.words) ?? [];
  return Object.fromEntries(
    words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
}

/** What the service would make of these variables. Throws for one that it does not know, and as it does itself. */
export function configured(settings: Readonly<Record<string, string>>): Configuration {
  const strangers = Object.keys(settings).filter((name) => !Object.hasOwn(variables, name));
  if (strangers.length > 0) throw new Error(`the service does not know ${strangers.join(', ')}`);
  return readConfiguration(settings);
}

export function version(): string {
  return JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version;
}
