import { readErrand } from './command-line.ts';
import type { Environment } from './configuration/environment.ts';
import { startFaultOf } from './start-fault.ts';

/** Does what the command line asks; what fails says why on stderr and exits with 1. */
export async function main(args: readonly string[], environment: Environment): Promise<void> {
  try {
    await readErrand(args).run(environment);
  } catch (error) {
    for (const line of startFaultOf(error).lines) process.stderr.write(`watchledger: ${line}\n`);
    process.exit(1);
  }
}
