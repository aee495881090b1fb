import type { Page } from '../layout/page.ts';

/** So many years can be stepped back through. */
const mostYears = 10;

/** The year that is asked for: a past one or the present one, which is also that of anything else. */
export function yearAsked({ query }: Page, today: string): number {
  const present = Number(today.slice(0, 4));
  const asked = /^\d{4}$/.test(query.get('year') ?? '') ? Number(query.get('year')) : present;
  return asked >= 1970 && asked <= present ? asked : present;
}

/** Steps to the year before and the year after; never into the future. */
export function YearSwitch({ page, year, today }: { page: Page; year: number; today: string }) {
  const { year: texts } = page.texts.me;
  const present = Number(today.slice(0, 4));
  const to = (other: number) => page.link(other === present ? page.path : `${page.path}?year=${other}`);
  return (
    <nav class="steps" aria-label={texts.years}>
      {year > present - mostYears && (
        <a class="button second" href={to(year - 1)} aria-label={texts.title(year - 1)}>
          ‹ {year - 1}
        </a>
      )}
      {year < present && (
        <a class="button second" href={to(year + 1)} aria-label={texts.title(year + 1)}>
          {year + 1} ›
        </a>
      )}
    </nav>
  );
}
