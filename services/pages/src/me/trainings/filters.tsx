import type { TrainingTerms } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';

type Choice = readonly [value: string, name: string];

/** What is asked for most: a kind of event, and whether one can enrol. Each keeps the other filters. */
export function Kinds({ page }: { page: Page }) {
  const { query, texts } = page;
  const { trainings: words } = texts.me;
  const kind = query.get('kind') ?? '';
  const isOpen = query.get('open') === 'true';
  const to = (name: string, value: string) => {
    const changed = new URLSearchParams(query);
    changed.delete('cursor');
    if (value === '') changed.delete(name);
    else changed.set(name, value);
    return changed.size === 0 ? page.path : `${page.path}?${changed}`;
  };
  return (
    <nav class="kinds" aria-label={words.filters.kind}>
      {[['', words.filters.all] as const, ...Object.entries(words.kinds)].map(([value, name]) => (
        <a href={to('kind', value)} aria-current={kind === value ? 'true' : undefined}>
          {name}
        </a>
      ))}
      <a href={to('open', isOpen ? '' : 'true')} aria-current={isOpen ? 'true' : undefined}>
        {words.openOnly}
      </a>
    </nav>
  );
}

/** The other filters of the guide, in its order. */
export function Filters({ page, terms }: { page: Page; terms: TrainingTerms }) {
  const { query, texts } = page;
  const { trainings: words } = texts.me;
  const { filters } = words;
  const counted = (each: readonly { name: string; count: number }[]): Choice[] =>
    each.map(({ name, count }) => [name, words.counted(name, count)]);
  const named = (names: Readonly<Record<string, string>>): Choice[] => Object.entries(names);
  return (
    <form method="get" action={page.path} class="filters">
      {['lang', 'kind', 'open'].map((name) => {
        const value = query.get(name);
        return value !== null && <input type="hidden" name={name} value={value} />;
      })}
      <div class="field">
        <label for="query">{filters.query}</label>
        <input id="query" name="query" type="search" maxlength={200} value={query.get('query') ?? ''} />
      </div>
      <Select page={page} name="category" label={filters.category} choices={counted(terms.categories)} />
      <Select page={page} name="source" label={filters.source} choices={named(words.sources)} />
      {terms.types.length > 0 && (
        <Select page={page} name="type" label={filters.type} choices={counted(terms.types)} />
      )}
      <Select page={page} name="when" label={filters.when} choices={named(words.times)} />
      <p class="steps">
        <button type="submit">{filters.find}</button>
        <a href={page.link(page.path)}>{filters.clear}</a>
      </p>
    </form>
  );
}

function Select(props: { page: Page; name: string; label: string; choices: readonly Choice[] }) {
  const { page, name, label, choices } = props;
  const chosen = page.query.get(name);
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{page.texts.me.trainings.filters.all}</option>
        {choices.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
