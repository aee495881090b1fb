import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { guide } from './guide.ts';

const repository = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, repository), 'utf8');

/** Files that the guide tells to make. */
const madeByOperator = ['deploy/.env', 'deploy/kubernetes/secret.yaml'];

test('every file that the guide names is there', () => {
  const links = [...guide.matchAll(/\]\(\.\.\/([\w./]+)/g)].map(([, path = '']) => path);
  const named = [...guide.matchAll(/\bdeploy\/[\w./-]*[\w]/g)].map(([path]) => path);
  expect(links).not.toEqual([]);
  for (const path of [...links, ...named].filter((each) => !madeByOperator.includes(each))) {
    expect(existsSync(new URL(path, repository)), path).toBe(true);
  }
});

test('so is every place in it that it points to', () => {
  const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  );
  for (const [, anchor = ''] of guide.matchAll(/\]\(#([\w-]+)\)/g)) expect(headings).toContain(anchor);
});

test('every npm script that it types is one', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const typed = [...guide.matchAll(/npm run ([\w-]+) --/g)].map(([, script = '']) => script);
  expect(typed).toContain('backup');
  for (const script of typed) expect(Object.keys(scripts)).toContain(script);
});

/** All that the product may say. */
function sources(): string {
  const folders = ['services', 'packages'].flatMap((above) =>
    readdirSync(new URL(above, repository)).map((name) => `${above}/${name}/src`),
  );
  folders.push('services/server/bin');
  return folders
    .flatMap((folder) =>
      readdirSync(new URL(folder, repository), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(tsx?|js)$/.test(file) && !file.includes('.test.'))
        .map((file) => read(`${folder}/${file}`)),
    )
    .join('\n');
}

test('what it quotes of the product in the table of troubles is what the product says', () => {
  const table = guide.slice(guide.indexOf('## When something is wrong'));
  const quoted = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, words = '']) => words.split('…')),
  );
  const said = sources();
  expect(quoted.length).toBeGreaterThan(8);
  expect(quoted.map((each) => each.trim()).filter((words) => !said.includes(words))).toEqual([]);
});

test('the README tells every npm script, and types none that is not there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const readme = read('README.md');
  const typed = [...readme.matchAll(/npm (?:run )?(?:--silent )?([\w:]+)/g)].map(([, script = '']) => script);
  const ours = [...new Set(typed)].filter((script) => script !== 'install');
  expect(ours.sort()).toEqual(
    Object.keys(scripts)
      .filter((script) => script !== 'build')
      .sort(),
  );
});
