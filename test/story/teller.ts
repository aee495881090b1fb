import { deepStrictEqual, partialDeepStrictEqual } from 'node:assert';
import { styleText } from 'node:util';

/** Something is not as it should be: the story ends here. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

type Style = Parameters<typeof styleText>[0];

/** Colours where a terminal is read by people, and none in a file. */
const paint = (style: Style, text: string) => styleText(style, text);

export function tellChapter(title: string): void {
  console.log(`\n${paint('bold', `── ${title} ${'─'.repeat(Math.max(0, 96 - widthOf(title)))}`)}`);
}

export function tell(line: string): void {
  console.log(`  ${line}`);
}

/** What a step was asked by whom, and what came of it. */
export interface Told {
  readonly when: string;
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  readonly says: string;
}

export function tellStep({ when, who, what, outcome, says }: Told): void {
  const cells = [
    paint('green', '✓'),
    paint('dim', when),
    paint('cyan', padded(who, 10)),
    padded(what, 62),
    paint('yellow', outcome),
    says,
  ];
  console.log(cells.join('  '));
}

/** One figure or line of the guide beside what the service says. */
export function tellEqual(printed: string, found: string): void {
  if (printed !== found) throw new Broken(`the guide prints   ${printed}\nthe service says   ${found}`);
  console.log(`  ${paint('dim', `guide    ${printed}`)}\n${paint('green', '=')} service  ${found}`);
}

/** Throws `Broken` unless all that is expected is in what came. */
export function expectLike(what: string, came: unknown, expected: object): void {
  orBroken(what, () => partialDeepStrictEqual(came, expected));
}

/** Throws `Broken` unless it is exactly that. */
export function expectSame(what: string, came: unknown, expected: unknown): void {
  orBroken(what, () => deepStrictEqual(came, expected));
}

function orBroken(what: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Broken(`${what}\n${error instanceof Error ? error.message : error}`);
  }
}

/** JSON for people: a line for each member, and for each item of its lists. */
export function tellJson(value: object): void {
  const members = Object.entries(value).map(([name, member]) => {
    if (!Array.isArray(member) || member.length === 0) return `  "${name}": ${JSON.stringify(member)}`;
    const items = member.map((item) => `    ${JSON.stringify(item)}`);
    return `  "${name}": [\n${items.join(',\n')}\n  ]`;
  });
  console.log(paint('dim', `{\n${members.join(',\n')}\n}`));
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Columns that a terminal takes for it: a Chinese character takes two. */
const widthOf = (text: string) => text.length + (text.match(/[\u2e80-\u9fff\uff00-\uffef]/g)?.length ?? 0);
