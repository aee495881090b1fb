import { players } from '../demo/players.ts';
import type { Page } from './page.ts';
import { placeOf, sectionsFor } from './sections.ts';

/** Where one can go: one's own sections, the demo, the API. */
export function TopNavigation({ page }: { page: Page }) {
  const { navigation, sections: names } = page.texts;
  const own = sectionsFor(page.signIn);
  const here = placeOf(page.path, own)?.section.name;
  const places: [href: string, name: string, current: boolean][] = [
    [page.link('/'), navigation.start, page.path === '/'],
    ...own.map(
      ({ name, places: [first] }) =>
        [page.link(first?.path ?? '/'), names[name], name === here] satisfies [string, string, boolean],
    ),
    ...(page.demo
      ? ([
          [page.link('/demo/video'), navigation.video, page.path === '/demo/video'],
          [page.link('/demo/document'), navigation.document, page.path === '/demo/document'],
          [`${page.link('/')}#players`, navigation.players, players.some(({ path }) => path === page.path)],
        ] satisfies typeof places)
      : []),
    ['/docs', navigation.api, false],
  ];
  return (
    <nav class="places" aria-label={navigation.label}>
      {places.map(([href, name, current]) => (
        <a href={href} aria-current={current ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

/** The places of the section that this page is in; nothing on pages outside of sections. */
export function NavigationOfSection({ page }: { page: Page }) {
  const here = placeOf(page.path, sectionsFor(page.signIn));
  if (here === null || here.section.places.length < 2) return null;
  return (
    <nav class="tabs" aria-label={page.texts.sections[here.section.name]}>
      {here.section.places.map(({ path, name }) => (
        <a href={page.link(path)} aria-current={path === here.place.path ? 'page' : undefined}>
          {page.texts.places[name]}
          <News page={page} count={page.news?.[name] ?? 0} />
        </a>
      ))}
    </nav>
  );
}

function News({ page: { texts }, count }: { page: Page; count: number }) {
  if (count === 0) return null;
  return (
    <span class="news">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">{texts.news(count)}</span>
    </span>
  );
}
