import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Environment } from '../configuration/environment.ts';
import { StartFault } from '../start-fault.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;
type Values<Options extends OptionTable> = ReturnType<typeof parseArgs<{ options: Options }>>['values'];

/** One thing that the product can be asked to do. */
export interface Command {
  /** The first word of its command line; empty: what is done without a word. */
  readonly word: string;
  /** Its lines of `--help`. */
  readonly usage: string;
  /** What the words after the first one ask for. Throws `StartFault` for what it does not know. */
  read(args: readonly string[]): Errand;
}

/** What is to be done, understood but not begun. */
export interface Errand {
  readonly word: string;
  readonly options: object;
  run(environment: Environment): Promise<void>;
}

export interface CommandTerms<Options extends OptionTable> {
  readonly word: string;
  readonly usage: string;
  readonly options: Options;
  /** Names of the words that must follow, such as `<file>`. */
  readonly operands?: readonly string[];
  run(options: Values<Options>, environment: Environment, operands: readonly string[]): Promise<void>;
}

/** A command with its own table of options, as `parseArgs` of Node takes it. */
export function command<const Options extends OptionTable>(terms: CommandTerms<Options>): Command {
  const { word, usage, options: table, operands = [], run } = terms;
  return {
    word,
    usage,
    read(args) {
      const { values: options, positionals } = parsed(args, table);
      const missing = operands[positionals.length];
      if (missing !== undefined) throw new StartFault(`${word} needs ${missing}; see --help`);
      const surplus = positionals[operands.length];
      if (surplus !== undefined) throw new StartFault(`"${surplus}" is one word too many; see --help`);
      return { word, options, run: (environment) => run(options, environment, positionals) };
    },
  };
}

function parsed<Options extends OptionTable>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node goes on about words that begin with a dash.
    const [what = ''] = error.message.split(/\. |\n/, 1);
    throw new StartFault(`${what}; see --help`);
  }
}
