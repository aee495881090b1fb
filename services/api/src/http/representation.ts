import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

/**
 * In which of some media types to answer: that which the caller likes best of those that they name, else the first that
 * they do not refuse (`q=0`). Exports go to those who name them, not to `*`; a wish whose weight cannot be read does
 * not count, and who refuses all of them is given the first.
 */
export function representation<Type extends string>(c: Context, supports: readonly [Type, ...Type[]]): Type {
  const [first] = supports;
  const chosen = accepts(c, {
    header: 'Accept',
    supports: [...supports],
    default: first,
    match: (all) => {
      // The most liked first.
      const wishes = all.filter(hasReadableWeight).map(({ type, q }) => ({ type: type.toLowerCase(), q }));
      const named = wishes.find(({ type, q }) => q > 0 && supports.some((each) => each === type));
      return named?.type ?? supports.find((each) => weightOf(each, wishes) !== 0) ?? first;
    },
  });
  return supports.find((each) => each === chosen) ?? first;
}

interface Wish {
  readonly type: string;
  readonly q: number;
}

/** What the most specific wish says of a media type; null: none says anything. */
function weightOf(type: string, wishes: readonly Wish[]): number | null {
  const ranges = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  const said = ranges.map((range) => wishes.find((wish) => wish.type === range));
  return said.find((wish) => wish !== undefined)?.q ?? null;
}

function hasReadableWeight({ params }: { readonly params: Readonly<Record<string, string>> }): boolean {
  return /^[01](\.\d*)?$/.test(params.q ?? params.Q ?? '1');
}
