// Makes sure of what the tests need beside npm's packages: real servers and a real Chromium.
import { spawnSync } from 'node:child_process';
import { requireNode } from '../services/server/bin/version-guard.js';

requireNode();
const { find, programs } = await import('./harness/programs.ts');

const missing = () => programs.filter((program) => find(program) === null);

const absent = missing().filter((program) => !process.env[program.variable]);
if (absent.some(({ optional }) => !optional) && canInstall()) install(absent);

for (const program of missing().filter(({ optional }) => !optional)) {
  const named = process.env[program.variable];
  process.stderr.write(
    named
      ? `${program.variable}=${named} is not a program that can be run.\n`
      : `The tests need ${program.name}: apt-get install ${program.package}, or set ${program.variable} to its path.\n`,
  );
  process.exitCode = 1;
}

function canInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** @param {readonly import('./harness/programs.ts').Program[]} absent */
function install(absent) {
  apt('update');
  const packages = absent.filter(({ optional, package: name }) => !optional || isOffered(name));
  const names = packages.map((program) => program.package);
  process.stdout.write(`Installing ${names.join(' and ')} for the tests; this takes about a minute.\n`);
  apt('install', '--yes', '--no-install-recommends', ...names);
}

/** @param {string} name */
function isOffered(name) {
  return spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;
}

/** @param {string[]} args */
function apt(...args) {
  process.stdout.write(`  apt-get ${args.join(' ')} … `);
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    encoding: 'utf8',
    // Where runlevels are honoured, the packages start no service of their own.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  process.stdout.write(status === 0 ? 'done\n' : `failed\n${stdout}${stderr}`);
}
