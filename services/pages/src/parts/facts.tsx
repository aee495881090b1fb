import type { Child } from 'hono/jsx';

/** Terms with what is to say about each; those without anything are left out. */
export function Facts({ facts }: { facts: readonly (readonly [term: string, said: Child])[] }) {
  return (
    <dl class="facts-list">
      {facts
        .filter(([, said]) => said !== null && said !== undefined && said !== '')
        .map(([term, said]) => (
          <div>
            <dt>{term}</dt>
            <dd>{said}</dd>
          </div>
        ))}
    </dl>
  );
}
