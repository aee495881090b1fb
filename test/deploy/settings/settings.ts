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
  return Object.fromEntries(
    wordsOf('ENV').map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
}

/** Folders that get a volume with each container, unless something is mounted there. */
export function imageVolumes(): string[] {
  return wordsOf('VOLUME');
}

function wordsOf(instruction: string): string[] {
  const stages = readDockerfile(fileURLToPath(new URL('../../../deploy/Dockerfile', import.meta.url)));
  const steps = stages.at(-1)?.steps ?? [];
  return steps.filter(({ keyword }) => keyword === instruction).flatMap(({ words }) => words);
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
