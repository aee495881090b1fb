import type { Page } from '../layout/page.ts';
import { type Section, sectionsFor } from '../layout/sections.ts';
import { Card } from './card.tsx';

/** For whoever is signed in: the way into each of their sections. */
export function OwnPages({ page }: { page: Page }) {
  if (page.signIn === null) return null;
  const { own } = page.texts.signInPages;
  const sections = sectionsFor(page.signIn);
  return (
    <section aria-labelledby="own">
      <h2 id="own">{own.heading}</h2>
      {sections.length === 0 ? (
        <p>
          {own.none} {page.signInPath !== null && <a href="/sign-in/no-role">{own.whatToDo}</a>}
        </p>
      ) : (
        <ul class="cards">
          {sections.map(({ name, places: [first] }) => (
            <Card
              title={page.texts.sections[name]}
              text={own.sections[name]}
              href={page.link(first?.path ?? '/')}
              sign={signs[name]}
              open={page.texts.start.open}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

const signs: Readonly<Record<Section['name'], string>> = { me: '✓', review: '✎', overview: '▦', admin: '⚙' };
