import { readFileSync } from 'node:fs';

/** The operator's guide. */
export const guide = readFileSync(new URL('../../deploy/README.md', import.meta.url), 'utf8');

/** What the operator's guide says to type: the block after `<!-- tested: name -->`, so that guide and test are one. */
export function commandsOf(name: string): string {
  const [, block] = guide.split(`<!-- tested: ${name} -->\n`);
  const text = block?.match(/^```\w+\n([\s\S]*?)^```$/m)?.[1];
  if (text === undefined) throw new Error(`deploy/README.md has no tested block "${name}"`);
  return text;
}
