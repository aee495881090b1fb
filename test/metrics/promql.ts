import { parser } from '@prometheus-io/lezer-promql';

/** The series that a PromQL expression reads. */
export interface Selector {
  readonly name: string;
  readonly matchers: readonly { readonly label: string; readonly op: string; readonly value: string }[];
}

export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels that it groups by. */
  readonly grouping: readonly string[];
}

/** Reads an expression by Prometheus's own grammar; throws where it is none. */
export function readExpression(text: string): Expression {
  const selectors: { name: string; matchers: Selector['matchers'][number][] }[] = [];
  const grouping: string[] = [];
  const here = (node: { from: number; to: number }) => text.slice(node.from, node.to);
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) {
        throw new Error(
          `not PromQL at ${node.from}: ${text.slice(node.from - 10, node.from + 10)} in ${text}`,
        );
      }
      if (node.name === 'VectorSelector') selectors.push({ name: '', matchers: [] });
      const selector = selectors.at(-1);
      if (node.name === 'Identifier' && node.matchContext(['VectorSelector']) && selector) {
        selector.name = here(node);
      }
      if (node.name === 'UnquotedLabelMatcher' && selector) {
        const [, label = '', op = '', value = ''] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(here(node)) ?? [];
        selector.matchers.push({ label, op, value });
      }
      if (node.name === 'LabelName' && node.matchContext(['GroupingLabels'])) grouping.push(here(node));
    },
  });
  if (selectors.some(({ name }) => name === '')) throw new Error(`a selector without a name in ${text}`);
  if (selectors.length === 0) throw new Error(`nothing is read by ${text}`);
  return { selectors, grouping };
}
