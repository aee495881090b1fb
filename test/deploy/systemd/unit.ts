import { readFileSync } from 'node:fs';

/** A unit file: each setting of each section, in order. */
export interface Unit {
  readonly text: string;
  /** All values of a setting. Throws where it is not set. */
  all(section: string, name: string): readonly string[];
  /** Its only value. */
  one(section: string, name: string): string;
}

export function readUnit(path: URL): Unit {
  const text = readFileSync(path, 'utf8');
  const settings = new Map<string, string[]>();
  let section = '';
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, header] = line.match(/^\[(\w+)\]$/) ?? [];
    const [, name, value = ''] = line.match(/^(\w+)=(.*)$/) ?? [];
    if (header !== undefined) section = header;
    else if (name === undefined) throw new Error(`"${line}" is neither a section nor a setting`);
    else settings.set(`${section}.${name}`, [...(settings.get(`${section}.${name}`) ?? []), value]);
  }
  const all = (section: string, name: string) => {
    const values = settings.get(`${section}.${name}`);
    if (values === undefined) throw new Error(`[${section}] does not set ${name}`);
    return values;
  };
  return { text, all, one: (section, name) => all(section, name).join('\n') };
}
