import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The tests meet the service and the SDK as they are built from the sources that lie here now. */
export default function build(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: repository, stdio: 'inherit' });
  if (status !== 0) throw new Error('the product cannot be built');
}
