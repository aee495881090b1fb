import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { temporaryFolder } from '../../harness/index.ts';
import { readDockerfile, type Stage, type Step } from './dockerfile.ts';

/** What a container would be started from. */
export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workFolder: string;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly ports: readonly string[];
  readonly stopSignal: string;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

type Draft = { -readonly [Key in keyof Image]: Image[Key] };

/**
 * Builds an image without a container engine: each stage is a folder, COPY copies what `.dockerignore` lets
 * through, RUN runs here. It knows the instructions that our Dockerfile uses, and refuses any other.
 */
export function buildByHand(dockerfile: string, context: string): Image {
  const built = new Map<string, Draft>();
  let image: Draft | null = null;
  for (const stage of readDockerfile(dockerfile)) {
    image = startOf(stage, built);
    for (const step of stage.steps) take(step, image, { context, built });
    if (stage.name !== null) built.set(stage.name, image);
  }
  if (image === null) throw new Error(`${dockerfile} has no stage`);
  return image;
}

interface Surroundings {
  readonly context: string;
  readonly built: ReadonlyMap<string, Draft>;
}

/** A copy of an earlier stage; or of the base image, of which only Node and npm matter here. */
function startOf(stage: Stage, built: ReadonlyMap<string, Draft>): Draft {
  const root = temporaryFolder();
  // Whoever the container runs as may look into it.
  chmodSync(root, 0o755);
  const earlier = built.get(stage.from);
  if (earlier !== undefined) {
    run('cp', ['-a', `${earlier.root}/.`, root]);
    return { ...earlier, root };
  }
  if (!/^node:\d/.test(stage.from)) throw new Error(`this builder does not know the image ${stage.from}`);
  return {
    root,
    env: {},
    workFolder: '/',
    user: 'root',
    volumes: [],
    ports: [],
    stopSignal: 'SIGTERM',
    command: [],
    healthCheck: [],
  };
}

function take(step: Step, image: Draft, surroundings: Surroundings): void {
  const { keyword, words, text, line } = step;
  switch (keyword) {
    case 'WORKDIR':
      image.workFolder = resolve(image.workFolder, text);
      mkdirSync(join(image.root, image.workFolder), { recursive: true });
      return;
    case 'COPY':
      copy(step, image, surroundings);
      return;
    case 'RUN':
      runIn(image, text);
      return;
    case 'ENV':
      image.env = { ...image.env, ...Object.fromEntries(words.map((word) => halves(word))) };
      return;
    case 'USER':
      image.user = text;
      return;
    case 'VOLUME':
      image.volumes = words;
      return;
    case 'EXPOSE':
      image.ports = words;
      return;
    case 'STOPSIGNAL':
      image.stopSignal = text;
      return;
    case 'HEALTHCHECK':
      image.healthCheck = JSON.parse(text.replace(/^CMD /, ''));
      return;
    case 'CMD':
      image.command = words;
      return;
    default:
      throw new Error(`line ${line}: this builder does not know ${keyword}`);
  }
}

function copy({ words, flags, line }: Step, image: Draft, { context, built }: Surroundings): void {
  const stage = flags.get('from');
  const from = stage === undefined ? context : built.get(stage)?.root;
  if (from === undefined) throw new Error(`line ${line}: there is no stage ${stage}`);
  const lets = letThrough(context);
  const target = words.at(-1) ?? '';
  const destination = join(image.root, resolve(image.workFolder, target));
  for (const word of words.slice(0, -1)) {
    const source = join(from, word);
    if (stage !== undefined) {
      link(source, destination);
      continue;
    }
    const filter = (path: string) => path === context || lets(relative(from, path));
    if (!filter(source)) throw new Error(`line ${line}: .dockerignore keeps ${word} out`);
    // A folder's content is copied, a file goes into a folder that is named with a slash.
    const intoFolder = !statSync(source).isDirectory() && target.endsWith('/');
    const options = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };
    cpSync(source, intoFolder ? join(destination, basename(word)) : destination, { ...options, filter });
  }
}

/** What a stage has made nobody changes any more: its thousands of files need no copies. */
function link(source: string, destination: string): void {
  mkdirSync(destination, { recursive: true });
  run('cp', ['-al', statSync(source).isDirectory() ? `${source}/.` : source, destination]);
}

function letThrough(context: string): (path: string) => boolean {
  const rules = dockerignore.default().add(readFileSync(join(context, '.dockerignore'), 'utf8'));
  return (path) => !rules.ignores(path);
}

/** Everything that happens in it happens below its root; the image's users are not this machine's. */
function runIn(image: Draft, command: string): void {
  const here = command.replaceAll(/ (?=\/)/g, ` ${image.root}`).replaceAll(/ -[og] \w+(?= )/g, '');
  run('sh', ['-ec', here], join(image.root, image.workFolder));
}

function run(program: string, args: readonly string[], cwd?: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: buildEnvironment(),
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
}

/** What npm has told this run of itself is not meant for the npm in there, but where its registry and cache are. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || /^npm_config_(registry|cache|userconfig|globalconfig)$/i.test(name),
  );
  return { ...Object.fromEntries(kept), npm_config_prefer_offline: 'true', NODE_ENV: '' };
}

function halves(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

/** Every file below a folder of the image, named from its root. */
export function filesOf(image: Image, folder: string): string[] {
  return readdirSync(join(image.root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `/${relative(image.root, join(entry.parentPath, entry.name))}`);
}
