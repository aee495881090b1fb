import type { Person } from './people.ts';

/** Who it is, and of which institute. */
export const PersonName = ({ person: { name, learnerId, institute } }: { person: Person }) => (
  <span class="person">
    <b>{name}</b>
    <span class="muted small">
      {name === learnerId ? '' : `${learnerId} · `}
      {institute}
    </span>
  </span>
);
