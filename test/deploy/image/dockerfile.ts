import { readFileSync } from 'node:fs';
import { DockerfileParser, type Instruction, JSONInstruction, ModifiableInstruction } from 'dockerfile-ast';

/** One stage of a Dockerfile: what it starts from, and what is done in it, in order. */
export interface Stage {
  /** By which later stages name it; the last one needs no name. */
  readonly name: string | null;
  readonly from: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly line: number;
  readonly keyword: string;
  /** Without flags; what is written as JSON, as its parts. */
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  readonly text: string;
}

export function readDockerfile(path: string): Stage[] {
  const stages: (Stage & { readonly steps: Step[] })[] = [];
  const args = new Map<string, string>();
  const parsed = DockerfileParser.parse(readFileSync(path, 'utf8'));
  for (const instruction of parsed.getInstructions()) {
    const step = stepOf(instruction);
    const stage = stages.at(-1);
    if (step.keyword === 'FROM') {
      const [image = '', , name = null] = step.words;
      const from = image.replace(/^\$\{(\w+)\}$/, (_, arg: string) => args.get(arg) ?? '');
      stages.push({ name, from, steps: [] });
    } else if (stage !== undefined) {
      stage.steps.push(step);
    } else if (step.keyword === 'ARG') {
      const [name = '', value = ''] = step.text.split('=');
      args.set(name, value);
    } else {
      throw new Error(`line ${step.line}: ${step.keyword} stands before the first FROM`);
    }
  }
  return stages;
}

function stepOf(instruction: Instruction): Step {
  const json = instruction instanceof JSONInstruction ? instruction.getJSONStrings() : [];
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  return {
    line: instruction.getInstructionRange().start.line + 1,
    keyword: instruction.getKeyword(),
    words:
      json.length > 0
        ? json.map((part) => JSON.parse(part.getValue()))
        : instruction.getArguments().map((argument) => argument.getValue()),
    flags: new Map(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
    text: instruction.getArgumentsContent() ?? '',
  };
}
