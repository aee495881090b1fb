import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, locate, nginx, startChild, temporaryFolder } from '../../harness/index.ts';

export interface TestBalancer {
  readonly url: string;
  /** All that it has written. */
  logs(): string;
}

/** How `nginx.conf` is to say whom it sends requests to, which only the nginx of compose.yaml (1.27.3 or newer) reads. */
const byName = /app-(\d):8787 max_fails=0 resolve;/g;
const resolver = /^ *resolver .*\n/m;

/** nginx as deploy/nginx.conf has it, but for addresses: numbers, which nobody resolves, in place of names. */
export async function startItsBalancer(ports: readonly number[]): Promise<TestBalancer> {
  const folder = temporaryFolder();
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const conf = readFileSync(new URL('../../../deploy/nginx.conf', import.meta.url), 'utf8')
    .replace(resolver, '')
    .replace(byName, (_, n: string) => `127.0.0.1:${ports[Number(n) - 1]} max_fails=0;`)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('/tmp/nginx.pid', join(folder, 'nginx.pid'))
    .replace('http {', `http {\n${temporary.join('\n')}`);
  if (/app-\d|resolve/.test(conf)) throw new Error(`a name is left in\n${conf}`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, conf);
  const foreground = 'daemon off; master_process off;';
  const child = startChild(locate(nginx), ['-c', file, '-p', folder, '-g', foreground]);
  // It says nothing of listening; a reply of its own tells.
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/metrics`).then(
      ({ status }) => status === 404,
      () => false,
    );
  for (const until = Date.now() + 20_000; !(await answers()); ) {
    if (Date.now() > until) throw new Error(`nginx does not answer\n${child.stderr()}`);
  }
  return { url, logs: () => child.stdout() + child.stderr() };
}
